// Vectors of the compiler's own kind, and the functions that recurrent cells and activations need, over them.
// Included once for each instruction set, inside a namespace of its own: no include guard, nothing shared.
// `kWidth`, numbers in a vector, is given by the file that includes this one.

typedef float Vec __attribute__((vector_size(kWidth * 4), aligned(4), may_alias));
typedef int32_t IntVec __attribute__((vector_size(kWidth * 4), aligned(4), may_alias));

inline Vec Fill(float value) { return value - Vec{}; }
inline Vec Load(const float* from) { return *reinterpret_cast<const Vec*>(from); }
inline void Store(float* to, Vec value) { *reinterpret_cast<Vec*>(to) = value; }

// The first `count` numbers; zeros after them.
inline Vec Load(const float* from, int64_t count) {
  if (count >= kWidth) return Load(from);
  Vec value{};
  for (int64_t i = 0; i < count; i++) value[i] = from[i];
  return value;
}

inline void Store(float* to, Vec value, int64_t count) {
  if (count >= kWidth) {
    Store(to, value);
    return;
  }
  for (int64_t i = 0; i < count; i++) to[i] = value[i];
}

// The lower halves of two vectors, or the upper ones, number by number in turns.
template <bool kUpper, int... kPlaces>
inline Vec Interleave(Vec a, Vec b, std::integer_sequence<int, kPlaces...>) {
#if defined(__clang__)
  return __builtin_shufflevector(a, b, ((kUpper ? kWidth / 2 : 0) + kPlaces / 2 + kPlaces % 2 * kWidth)...);
#else
  return __builtin_shuffle(a, b, IntVec{((kUpper ? kWidth / 2 : 0) + kPlaces / 2 + kPlaces % 2 * kWidth)...});
#endif
}

// Rows become columns: log₂ n times, row i and row i + n/2 in turns.
inline void Transpose(Vec (&rows)[kWidth]) {
  using Places = std::make_integer_sequence<int, kWidth>;
  Vec turned[kWidth];
#pragma GCC unroll 4
  for (int step = 1; step < kWidth; step *= 2) {
#pragma GCC unroll 16
    for (int i = 0; i < kWidth / 2; i++) {
      turned[2 * i] = Interleave<false>(rows[i], rows[i + kWidth / 2], Places());
      turned[2 * i + 1] = Interleave<true>(rows[i], rows[i + kWidth / 2], Places());
    }
#pragma GCC unroll 16
    for (int i = 0; i < kWidth; i++) rows[i] = turned[i];
  }
}

inline Vec Choose(IntVec condition, Vec yes, Vec no) {
  return reinterpret_cast<Vec>((condition & reinterpret_cast<IntVec>(yes)) |
                               (~condition & reinterpret_cast<IntVec>(no)));
}
inline Vec Least(Vec a, Vec b) { return Choose(a < b, a, b); }
inline Vec Greatest(Vec a, Vec b) { return Choose(a > b, a, b); }

// e^x to about one unit in the last place: x = n·ln 2 + r, a polynomial of r (Cephes' expf).
// What is no number stays none.
inline Vec Exp(Vec x) {
  const Vec bounded = Greatest(Least(x, Fill(88.3f)), Fill(-87.3f));
  // Adding and taking away 1.5·2²³ rounds to the nearest whole number.
  const Vec shifted = bounded * 1.44269504088896341f + 12582912.0f;
  const Vec whole = shifted - 12582912.0f;
  Vec r = bounded - whole * 0.693359375f;
  r = r + whole * 2.12194440e-4f;
  Vec p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  const IntVec exponent = (__builtin_convertvector(whole, IntVec) + 127) << 23;
  return Choose(x == x, p * reinterpret_cast<Vec>(exponent), x);
}

inline Vec Sigmoid(Vec x) { return 1.0f / (1.0f + Exp(-x)); }

// log(1 + u) of u between 0 and 1, to single precision even where u is tiny: 2·artanh(u / (2 + u)) as a series.
inline Vec LogOnePlus(Vec u) {
  const Vec s = u / (2.0f + u);
  const Vec squared = s * s;
  Vec p = squared * (2.0f / 15) + 2.0f / 13;
  p = p * squared + 2.0f / 11;
  p = p * squared + 2.0f / 9;
  p = p * squared + 2.0f / 7;
  p = p * squared + 2.0f / 5;
  p = p * squared + 2.0f / 3;
  return s * (p * squared + 2.0f);
}

// tanh x: a polynomial of x² near 0, where 1 − 2 / (e²ˣ + 1) would lose digits (Cephes' tanhf).
inline Vec Tanh(Vec x) {
  const Vec squared = x * x;
  Vec p = squared * -5.70498872745e-3f + 2.06390887954e-2f;
  p = p * squared - 5.37397155531e-2f;
  p = p * squared + 1.33314422036e-1f;
  p = p * squared - 3.33332819422e-1f;
  const Vec near = p * squared * x + x;
  const Vec far = 1.0f - 2.0f / (Exp(x + x) + 1.0f);
  return Choose(squared < 0.390625f, near, far);
}

// erf x as a quotient of polynomials between −4 and 4, beyond which it is ±1 in single precision (Eigen's coefficients).
inline Vec Erf(Vec x) {
  const Vec t = Greatest(Least(x, Fill(4.0f)), Fill(-4.0f));
  const Vec s = t * t;
  Vec p = s * -2.72614225801306e-10f + 2.77068142495902e-08f;
  p = p * s - 2.10102402082508e-06f;
  p = p * s - 5.69250639462346e-05f;
  p = p * s - 7.34990630326855e-04f;
  p = p * s - 2.95459980854025e-03f;
  p = p * s - 1.60960333262415e-02f;
  Vec q = s * -1.45660718464996e-05f - 2.13374055278905e-04f;
  q = q * s - 1.68282697438203e-03f;
  q = q * s - 7.37332916720468e-03f;
  q = q * s - 1.42647390514189e-02f;
  return Choose(x == x, t * p / q, x);
}

// By one instruction, for the compiler is told that nobody reads `errno`.
inline Vec Root(Vec x) {
  Vec root;
#pragma GCC unroll 16
  for (int i = 0; i < kWidth; i++) root[i] = __builtin_sqrtf(x[i]);
  return root;
}

// The square root's reciprocal of one number.
inline float InverseRoot(float x) { return 1.0f / __builtin_sqrtf(x); }

// All numbers added up, in the same order whatever the instruction set is compiled to.
inline float Sum(Vec x) {
  float sum = 0.0f;
  for (int i = 0; i < kWidth; i++) sum += x[i];
  return sum;
}
inline float Largest(Vec x) {
  float most = x[0];
  for (int i = 1; i < kWidth; i++) most = x[i] > most ? x[i] : most;
  return most;
}

// Calls `body(place, left)` for every vector of a row; `left` numbers are there.
template <typename Body>
inline void OverUnits(int64_t width, Body body) {
  for (int64_t place = 0; place < width; place += kWidth) body(place, width - place);
}

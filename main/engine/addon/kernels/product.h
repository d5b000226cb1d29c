// Products of a few rows with a matrix that was packed once. Included once for each instruction set.

// A matrix as blocks of `kVectors` vectors of columns, each block row by row; missing columns are zeros.
template <int kVectors>
class Packed {
 public:
  static constexpr int64_t kColumns = kVectors * kWidth;
  static int64_t Blocks(int64_t columns) { return (columns + kColumns - 1) / kColumns; }
  static int64_t Size(int64_t rows, int64_t columns) { return Blocks(columns) * rows * kColumns; }

  // `at(row, vector)` gives `kWidth` numbers of a row, zeros where the columns end.
  template <typename At>
  static void Pack(float* packed, int64_t block, int64_t rows, At at) {
    float* to = packed + block * rows * kColumns;
    for (int64_t row = 0; row < rows; row++) {
      for (int v = 0; v < kVectors; v++, to += kWidth) Store(to, at(row, block * kVectors + v));
    }
  }
};

// sums[r][v] += Σₖ a[r][k]·block[k][v]: `kRows` rows of `a`, `stride` apart, with one packed block.
// The loops over rows and vectors are written out by the compiler, so that sums stay in registers.
template <int kRows, int kVectors>
inline __attribute__((always_inline)) void Accumulate(const float* a, int64_t stride, const float* block,
                                                      int64_t depth, Vec (&sums)[kRows][kVectors]) {
  Vec local[kRows][kVectors];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) {
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) local[r][v] = sums[r][v];
  }
  for (int64_t k = 0; k < depth; k++) {
    Vec b[kVectors];
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) b[v] = Load(block + (k * kVectors + v) * kWidth);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; r++) {
      const Vec x = Fill(a[r * stride + k]);
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; v++) local[r][v] += x * b[v];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) {
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) sums[r][v] = local[r][v];
  }
}

// Calls `body(first, Count<n>)` for pieces of `rows` rows, as even as can be and of at most `kMost`.
template <int n>
struct Count {
  static constexpr int value = n;
};

template <int kMost, typename Body>
inline void InPieces(int64_t rows, Body body) {
  int64_t pieces = (rows + kMost - 1) / kMost;
  for (int64_t first = 0; first < rows; pieces--) {
    const int64_t count = (rows - first + pieces - 1) / pieces;
    switch (count) {
      case 1: body(first, Count<1>()); break;
      case 2: body(first, Count<2>()); break;
      case 3: body(first, Count<3>()); break;
      case 4: if constexpr (kMost >= 4) body(first, Count<4>()); break;
      case 5: if constexpr (kMost >= 5) body(first, Count<5>()); break;
      case 6: if constexpr (kMost >= 6) body(first, Count<6>()); break;
      case 7: if constexpr (kMost >= 7) body(first, Count<7>()); break;
      case 8: if constexpr (kMost >= 8) body(first, Count<8>()); break;
    }
    first += count;
  }
}

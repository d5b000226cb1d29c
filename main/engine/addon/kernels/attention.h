// Scaled dot-product attention (Vaswani et al. 2017), a head of a sample at a time. Included once for each
// instruction set.

// Rows of scores that are made by one product; what none of them sees is left out of it.
constexpr int64_t kAttentionRows = 48;

// Calls `body(sample, head)` for each head of each sample, on all threads.
template <typename Body>
inline void OverHeads(const AttentionSizes& s, Body body) {
  InParallel(s.batch * s.heads, [&](int64_t index) { body(index / s.heads, index % s.heads); });
}

// Calls `body(first, count)` for pieces of `rows` rows.
template <typename Body>
inline void OverAttentionRows(int64_t rows, Body body) {
  for (int64_t first = 0; first < rows; first += kAttentionRows) body(first, std::min(kAttentionRows, rows - first));
}

// Keys that the queries before `end` see: the first ones.
inline int64_t SeenBefore(const AttentionSizes& s, int64_t end) {
  if (!s.causal) return s.keys;
  return std::max<int64_t>(0, std::min(s.keys, end + s.keys - s.queries));
}

// The first query that sees this key.
inline int64_t FirstToSee(const AttentionSizes& s, int64_t key) {
  if (!s.causal) return 0;
  return std::max<int64_t>(0, std::min(s.queries, key - (s.keys - s.queries)));
}

// Where a head of a sample begins in `[batch, places, heads, size]`, and its rows' distance.
inline int64_t HeadAt(const AttentionSizes& s, int64_t places, int64_t sample, int64_t head) {
  return (sample * places * s.heads + head) * s.size;
}
inline int64_t HeadRow(const AttentionSizes& s) { return s.heads * s.size; }

// Where a head's square begins in `[batch, heads, queries, keys]`.
inline int64_t SquareAt(const AttentionSizes& s, int64_t sample, int64_t head) {
  return (sample * s.heads + head) * s.queries * s.keys;
}

inline void ZeroAfter(float* row, int64_t from, int64_t width) {
  for (int64_t i = from; i < width; i++) row[i] = 0.0f;
}

// e^x, and 0 where that is no longer a normal number, so that what is hidden weighs nothing.
inline Vec ExpOrNone(Vec x) { return Choose(x < -87.0f, Vec{}, Exp(x)); }

// A row of scores becomes weights: softmax(scores·scale + mask).
inline void SoftmaxRow(float* row, int64_t width, float scale, const float* mask, int64_t mask_stride) {
  Vec most = Fill(-3.4e38f);
  float top = -3.4e38f;
  OverUnits(width, [&](int64_t at, int64_t left) {
    const Vec added = mask_stride == 1 ? Load(mask + at, left) : Fill(mask[0]);
    const Vec score = Load(row + at, left) * scale + added;
    Store(row + at, score, left);
    if (left >= kWidth) {
      most = Greatest(most, score);
    } else {
      for (int64_t i = 0; i < left; i++) top = score[i] > top ? score[i] : top;
    }
  });
  top = std::max(top, Largest(most));
  Vec sums{};
  float rest = 0.0f;
  OverUnits(width, [&](int64_t at, int64_t left) {
    const Vec weight = ExpOrNone(Load(row + at, left) - top);
    Store(row + at, weight, left);
    if (left >= kWidth) {
      sums += weight;
    } else {
      for (int64_t i = 0; i < left; i++) rest += weight[i];
    }
  });
  const float inverse = 1.0f / (Sum(sums) + rest);
  OverUnits(width, [&](int64_t at, int64_t left) { Store(row + at, Load(row + at, left) * inverse, left); });
}

// weights = softmax(q·kᵀ·scale + mask)
void AttentionWeights(const AttentionWeightsArgs& args) {
  const AttentionSizes& s = args.sizes;
  OverHeads(s, [&](int64_t sample, int64_t head) {
    const float* q = args.q + HeadAt(s, s.queries, sample, head);
    const float* k = args.k + HeadAt(s, s.keys, sample, head);
    float* weights = args.weights + SquareAt(s, sample, head);
    const float* mask = args.mask.data + sample * args.mask.batch + head * args.mask.head;
    OverAttentionRows(s.queries, [&](int64_t first, int64_t count) {
      float* rows = weights + first * s.keys;
      const Matrix queries{q + first * HeadRow(s), HeadRow(s), 1}, keys{k, 1, HeadRow(s)};
      ProductAlone({count, SeenBefore(s, first + count), s.size, queries, keys, nullptr, rows, s.keys});
      for (int64_t r = 0; r < count; r++) {
        float* row = rows + r * s.keys;
        const int64_t seen = SeenBefore(s, first + r + 1);
        if (seen > 0) SoftmaxRow(row, seen, args.scale, mask + (first + r) * args.mask.query, args.mask.key);
        ZeroAfter(row, seen, s.keys);
      }
    });
  });
}

// The gradient of a row of scores: w·(dw − Σ w·dw).
inline void SoftmaxRowGrad(const float* weights, const float* d_weights, int64_t width, float* d_scores) {
  Vec sums{};
  float rest = 0.0f;
  OverUnits(width, [&](int64_t at, int64_t left) {
    const Vec product = Load(weights + at, left) * Load(d_weights + at, left);
    if (left >= kWidth) {
      sums += product;
    } else {
      for (int64_t i = 0; i < left; i++) rest += product[i];
    }
  });
  const float sum = Sum(sums) + rest;
  OverUnits(width, [&](int64_t at, int64_t left) {
    Store(d_scores + at, Load(weights + at, left) * (Load(d_weights + at, left) - sum), left);
  });
}

void AttentionWeightsGrad(const AttentionWeightsGradArgs& args) {
  const AttentionSizes& s = args.sizes;
  OverHeads(s, [&](int64_t sample, int64_t head) {
    const float* q = args.q + HeadAt(s, s.queries, sample, head);
    const float* k = args.k + HeadAt(s, s.keys, sample, head);
    float* dq = args.dq + HeadAt(s, s.queries, sample, head);
    float* dk = args.dk + HeadAt(s, s.keys, sample, head);
    const int64_t square = SquareAt(s, sample, head);
    const Scratch scaled(s.queries * s.keys);
    for (int64_t query = 0; query < s.queries; query++) {
      const int64_t seen = SeenBefore(s, query + 1);
      const int64_t at = square + query * s.keys;
      float* row = scaled.data() + query * s.keys;
      SoftmaxRowGrad(args.weights + at, args.d_weights + at, seen, row);
      ZeroAfter(row, seen, s.keys);
      if (args.d_scores != nullptr) std::copy(row, row + s.keys, args.d_scores + at);
      OverUnits(seen, [&](int64_t i, int64_t left) { Store(row + i, Load(row + i, left) * args.scale, left); });
    }
    OverAttentionRows(s.queries, [&](int64_t first, int64_t count) {
      const Matrix rows{scaled.data() + first * s.keys, s.keys, 1}, keys{k, HeadRow(s), 1};
      ProductAlone({count, s.size, SeenBefore(s, first + count), rows, keys, nullptr, dq + first * HeadRow(s), HeadRow(s)});
    });
    OverAttentionRows(s.keys, [&](int64_t first, int64_t count) {
      const int64_t from = FirstToSee(s, first);
      const Matrix columns{scaled.data() + from * s.keys + first, 1, s.keys};
      const Matrix queries{q + from * HeadRow(s), HeadRow(s), 1};
      ProductAlone({count, s.size, s.queries - from, columns, queries, nullptr, dk + first * HeadRow(s), HeadRow(s)});
    });
  });
}

// y = weights·v
void AttentionSum(const AttentionSumArgs& args) {
  const AttentionSizes& s = args.sizes;
  OverHeads(s, [&](int64_t sample, int64_t head) {
    const float* weights = args.weights + SquareAt(s, sample, head);
    const Matrix values{args.v + HeadAt(s, s.keys, sample, head), HeadRow(s), 1};
    float* y = args.y + HeadAt(s, s.queries, sample, head);
    OverAttentionRows(s.queries, [&](int64_t first, int64_t count) {
      const Matrix rows{weights + first * s.keys, s.keys, 1};
      ProductAlone({count, s.size, SeenBefore(s, first + count), rows, values, nullptr, y + first * HeadRow(s), HeadRow(s)});
    });
  });
}

void AttentionSumGrad(const AttentionSumGradArgs& args) {
  const AttentionSizes& s = args.sizes;
  OverHeads(s, [&](int64_t sample, int64_t head) {
    const float* weights = args.weights + SquareAt(s, sample, head);
    const float* dy = args.dy + HeadAt(s, s.queries, sample, head);
    const Matrix values{args.v + HeadAt(s, s.keys, sample, head), 1, HeadRow(s)};
    float* d_weights = args.d_weights + SquareAt(s, sample, head);
    float* dv = args.dv + HeadAt(s, s.keys, sample, head);
    OverAttentionRows(s.queries, [&](int64_t first, int64_t count) {
      float* rows = d_weights + first * s.keys;
      const Matrix gradients{dy + first * HeadRow(s), HeadRow(s), 1};
      const int64_t seen = SeenBefore(s, first + count);
      ProductAlone({count, seen, s.size, gradients, values, nullptr, rows, s.keys});
      for (int64_t r = 0; r < count; r++) ZeroAfter(rows + r * s.keys, seen, s.keys);
    });
    OverAttentionRows(s.keys, [&](int64_t first, int64_t count) {
      const int64_t from = FirstToSee(s, first);
      const Matrix columns{weights + from * s.keys + first, 1, s.keys};
      const Matrix gradients{dy + from * HeadRow(s), HeadRow(s), 1};
      ProductAlone({count, s.size, s.queries - from, columns, gradients, nullptr, dv + first * HeadRow(s), HeadRow(s)});
    });
  });
}

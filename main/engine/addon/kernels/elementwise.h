// Functions of single numbers, of rows, and of columns. Included once for each instruction set.
// What is summed over rows is summed in pieces of a fixed number of rows, so that results do not depend
// on the number of threads.

// Calls `body(first, count)` for pieces of `total` things, on several threads where that pays.
template <typename Body>
inline void OverPieces(int64_t total, int64_t piece, Body body) {
  const int64_t pieces = (total + piece - 1) / piece;
  InParallel(pieces, [&](int64_t index) {
    const int64_t first = index * piece;
    body(first, std::min(piece, total - first));
  });
}

constexpr int64_t kPiece = 16384;

// y[i] = f(x[i]) by vectors; `f` takes the place and how many numbers are left there.
template <typename Function>
inline void Map(int64_t count, Function f) {
  OverPieces(count, kPiece, [&](int64_t first, int64_t size) {
    for (int64_t i = first; i < first + size; i += kWidth) f(i, first + size - i);
  });
}

// x·Φ(x) (Hendrycks and Gimpel 2016).
void GeluForward(int64_t count, const float* x, float* y) {
  Map(count, [=](int64_t i, int64_t left) {
    const Vec v = Load(x + i, left);
    Store(y + i, 0.5f * v * (1.0f + Erf(v * 0.70710678118654752f)), left);
  });
}

// dy·(Φ(x) + x·φ(x)).
void GeluBackward(int64_t count, const float* x, const float* dy, float* dx) {
  Map(count, [=](int64_t i, int64_t left) {
    const Vec v = Load(x + i, left);
    const Vec below = 0.5f + 0.5f * Erf(v * 0.70710678118654752f);
    const Vec density = 0.3989422804014327f * Exp(-0.5f * v * v);
    Store(dx + i, Load(dy + i, left) * (below + v * density), left);
  });
}

// x·σ(x).
void SiluForward(int64_t count, const float* x, float* y) {
  Map(count, [=](int64_t i, int64_t left) {
    const Vec v = Load(x + i, left);
    Store(y + i, v * Sigmoid(v), left);
  });
}

// dy·σ·(1 + x·(1 − σ)).
void SiluBackward(int64_t count, const float* x, const float* dy, float* dx) {
  Map(count, [=](int64_t i, int64_t left) {
    const Vec v = Load(x + i, left);
    const Vec gate = Sigmoid(v);
    Store(dx + i, Load(dy + i, left) * gate * (1.0f + v * (1.0f - gate)), left);
  });
}

// log(1 + eˣ).
void SoftplusForward(int64_t count, const float* x, float* y) {
  Map(count, [=](int64_t i, int64_t left) {
    const Vec v = Load(x + i, left);
    Store(y + i, Greatest(v, Vec{}) + LogOnePlus(Exp(-Greatest(v, -v))), left);
  });
}

// dy·σ(x).
void SoftplusBackward(int64_t count, const float* x, const float* dy, float* dx) {
  Map(count, [=](int64_t i, int64_t left) { Store(dx + i, Load(dy + i, left) * Sigmoid(Load(x + i, left)), left); });
}

inline int64_t RowsAPiece(int64_t width) { return std::max<int64_t>(1, kPiece / std::max<int64_t>(1, width)); }

// Each row of `[rows, width]` with mean 0 (where `centred`) and variance 1, then scaled and moved by columns.
void NormForward(const NormForwardArgs& args) {
  const int64_t width = args.width;
  OverPieces(args.rows, RowsAPiece(width), [&](int64_t first, int64_t count) {
    for (int64_t row = first; row < first + count; row++) {
      const float* x = args.x + row * width;
      float mean = 0.0f;
      if (args.centred) {
        Vec sum{};
        OverUnits(width, [&](int64_t i, int64_t left) { sum += Load(x + i, left); });
        mean = Sum(sum) / width;
      }
      Vec squares{};
      OverUnits(width, [&](int64_t i, int64_t left) {
        // Beyond the row's end there is nothing, not −mean.
        Vec d = Load(x + i, left) - mean;
        if (left < kWidth) d = Load(reinterpret_cast<const float*>(&d), left);
        squares += d * d;
      });
      const float inverse = InverseRoot(Sum(squares) / width + args.epsilon);
      args.mean[row] = mean;
      args.inverse[row] = inverse;
      float* y = args.y + row * width;
      OverUnits(width, [&](int64_t i, int64_t left) {
        Store(y + i, (Load(x + i, left) - mean) * inverse * Load(args.scale + i, left) + Load(args.offset + i, left),
              left);
      });
    }
  });
}

// With n the normalised row and g = dy·scale: dx = (g − mean g − n·mean(g·n)) / deviation (Ba et al. 2016).
void NormBackward(const NormBackwardArgs& args) {
  const int64_t width = args.width;
  const int64_t piece = RowsAPiece(width);
  const int64_t pieces = (args.rows + piece - 1) / piece;
  const Scratch partial(pieces * 2 * width);
  OverPieces(args.rows, piece, [&](int64_t first, int64_t count) {
    float* d_scale = partial.data() + first / piece * 2 * width;
    float* d_offset = d_scale + width;
    std::fill(d_scale, d_scale + 2 * width, 0.0f);
    for (int64_t row = first; row < first + count; row++) {
      const float* x = args.x + row * width;
      const float* dy = args.dy + row * width;
      const float mean = args.mean[row];
      const float inverse = args.inverse[row];
      Vec sum{}, along{};
      OverUnits(width, [&](int64_t i, int64_t left) {
        const Vec d = Load(dy + i, left);
        const Vec n = (Load(x + i, left) - mean) * inverse;
        const Vec g = d * Load(args.scale + i, left);
        sum += g;
        along += g * n;
        Store(d_scale + i, Load(d_scale + i, left) + d * n, left);
        Store(d_offset + i, Load(d_offset + i, left) + d, left);
      });
      const float mean_g = args.centred ? Sum(sum) / width : 0.0f;
      const float pull = Sum(along) / width;
      float* dx = args.dx + row * width;
      OverUnits(width, [&](int64_t i, int64_t left) {
        const Vec n = (Load(x + i, left) - mean) * inverse;
        const Vec g = Load(dy + i, left) * Load(args.scale + i, left);
        Store(dx + i, (g - mean_g - n * pull) * inverse, left);
      });
    }
  });
  std::fill(args.d_scale, args.d_scale + width, 0.0f);
  std::fill(args.d_offset, args.d_offset + width, 0.0f);
  for (int64_t index = 0; index < pieces; index++) {
    const float* from = partial.data() + index * 2 * width;
    OverUnits(width, [&](int64_t i, int64_t left) {
      Store(args.d_scale + i, Load(args.d_scale + i, left) + Load(from + i, left), left);
      Store(args.d_offset + i, Load(args.d_offset + i, left) + Load(from + width + i, left), left);
    });
  }
}

// The sum of each column of `[rows, width]`.
void ColumnSums(int64_t rows, int64_t width, const float* x, float* sums) {
  const int64_t piece = RowsAPiece(width);
  const int64_t pieces = (rows + piece - 1) / piece;
  const Scratch partial(pieces * width);
  OverPieces(rows, piece, [&](int64_t first, int64_t count) {
    float* to = partial.data() + first / piece * width;
    // Some columns at a time, so that their sums stay in registers.
    constexpr int64_t kColumns = 4;
    for (int64_t column = 0; column < width; column += kColumns * kWidth) {
      Vec sum[kColumns] = {};
      for (int64_t row = first; row < first + count; row++) {
        for (int64_t v = 0; v < kColumns && column + v * kWidth < width; v++) {
          const int64_t i = column + v * kWidth;
          sum[v] += Load(x + row * width + i, width - i);
        }
      }
      for (int64_t v = 0; v < kColumns && column + v * kWidth < width; v++) {
        const int64_t i = column + v * kWidth;
        Store(to + i, sum[v], width - i);
      }
    }
  });
  std::fill(sums, sums + width, 0.0f);
  for (int64_t index = 0; index < pieces; index++) {
    OverUnits(width, [&](int64_t i, int64_t left) {
      Store(sums + i, Load(sums + i, left) + Load(partial.data() + index * width + i, left), left);
    });
  }
}

// The softmax of `kWidth` rows at once, each in a lane of its own: for rows shorter than a vector. Numbers beyond
// `count` rows are those of the first row.
inline void ShortRowsCrossEntropy(const CrossEntropyArgs& args, int64_t first, int64_t count) {
  const int64_t width = args.width;
  const float* x = args.logits + first * width;
  float* gradient = args.gradient + first * width;
  Vec columns[kWidth];
  for (int64_t i = 0; i < width; i++) {
    for (int64_t lane = 0; lane < kWidth; lane++) columns[i][lane] = x[(lane < count ? lane : 0) * width + i];
  }
  Vec most = columns[0];
  for (int64_t i = 1; i < width; i++) most = Greatest(most, columns[i]);
  Vec sum{};
  for (int64_t i = 0; i < width; i++) sum += columns[i] = Exp(columns[i] - most);
  for (int64_t lane = 0; lane < count; lane++) {
    const int32_t label = args.labels[first + lane];
    args.loss[first + lane] = std::log(sum[lane]) + most[lane] - x[lane * width + label];
    for (int64_t i = 0; i < width; i++) gradient[lane * width + i] = columns[i][lane] / sum[lane] - (i == label);
  }
}

// −log softmax(row)[label] of each row, and its gradient softmax(row) − one-hot(label). Labels are in range.
void CrossEntropy(const CrossEntropyArgs& args) {
  const int64_t width = args.width;
  if (width <= kWidth) {
    OverPieces(args.rows, RowsAPiece(width), [&](int64_t first, int64_t count) {
      for (int64_t row = first; row < first + count; row += kWidth) {
        ShortRowsCrossEntropy(args, row, std::min<int64_t>(kWidth, first + count - row));
      }
    });
    return;
  }
  OverPieces(args.rows, RowsAPiece(width), [&](int64_t first, int64_t count) {
    for (int64_t row = first; row < first + count; row++) {
      const float* x = args.logits + row * width;
      float* gradient = args.gradient + row * width;
      const Vec start = Fill(x[0]);
      Vec highest = start;
      OverUnits(width, [&](int64_t i, int64_t left) {
        if (left >= kWidth) {
          highest = Greatest(highest, Load(x + i));
        } else {
          for (int64_t j = i; j < i + left; j++) highest[0] = x[j] > highest[0] ? x[j] : highest[0];
        }
      });
      const float most = Largest(highest);
      float sum = 0.0f;
      Vec sums{};
      OverUnits(width, [&](int64_t i, int64_t left) {
        Vec e = Exp(Load(x + i, left) - most);
        if (left < kWidth) e = Load(reinterpret_cast<const float*>(&e), left);
        Store(gradient + i, e, left);
        sums += e;
      });
      sum = Sum(sums);
      const float inverse = 1.0f / sum;
      OverUnits(width, [&](int64_t i, int64_t left) {
        Store(gradient + i, Load(gradient + i, left) * inverse, left);
      });
      const int32_t label = args.labels[row];
      args.loss[row] = std::log(sum) + most - x[label];
      gradient[label] -= 1.0f;
    }
  });
}

// −positive·t·log σ(x) − (1 − t)·log(1 − σ(x)), both logarithms by e^−|x|, which stays exact for every x.
void BinaryCrossEntropy(const BinaryCrossEntropyArgs& args) {
  Map(args.count, [=](int64_t i, int64_t left) {
    const Vec x = Load(args.logits + i, left);
    const Vec no = 1.0f - Load(args.targets + i, left);
    const Vec yes = args.positive * Load(args.targets + i, left);
    const Vec e = Exp(-Greatest(x, -x));
    const Vec common = LogOnePlus(e);
    Store(args.loss + i, yes * (Greatest(-x, Vec{}) + common) + no * (Greatest(x, Vec{}) + common), left);
    const Vec near = 1.0f / (1.0f + e);
    const Vec far = e * near;
    const IntVec positive = x >= 0.0f;
    Store(args.gradient + i, no * Choose(positive, near, far) - yes * Choose(positive, far, near), left);
  });
}

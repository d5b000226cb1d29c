// Normalisation of columns over all rows (Ioffe and Szegedy 2015). Included once for each instruction set.
// Pieces have a fixed number of rows and are joined in order, so that results do not depend on the number of threads.

// Calls `body(column, left)` for each vector of columns.
template <typename Body>
inline void OverColumns(int64_t width, Body body) {
  for (int64_t column = 0; column < width; column += kWidth) body(column, width - column);
}

// Few, so that sums stay short: rounding would add up over the tens of thousands of pixels of a batch.
inline int64_t RowsASum(int64_t width) { return std::max<int64_t>(16, RowsAPiece(width) / 8); }

// Mean and biased variance of each column. A piece's own come from two passes over what is in the cache; they are
// joined as by Chan, Golub and LeVeque (1983), which loses no digits where the mean is large.
inline void ColumnMoments(int64_t rows, int64_t width, const float* x, float* mean, float* variance) {
  const int64_t piece = RowsASum(width);
  const int64_t pieces = (rows + piece - 1) / piece;
  const Scratch partial(pieces * 2 * width);
  OverPieces(rows, piece, [&](int64_t first, int64_t count) {
    float* means = partial.data() + first / piece * 2 * width;
    float* squares = means + width;
    const float share = 1.0f / count;
    OverColumns(width, [&](int64_t column, int64_t left) {
      const float* from = x + first * width + column;
      Vec sum{};
      for (int64_t row = 0; row < count; row++) sum += Load(from + row * width, left);
      const Vec middle = sum * share;
      Vec squared{};
      for (int64_t row = 0; row < count; row++) {
        const Vec distance = Load(from + row * width, left) - middle;
        squared += distance * distance;
      }
      Store(means + column, middle, left);
      Store(squares + column, squared, left);
    });
  });
  OverColumns(width, [&](int64_t column, int64_t left) {
    Vec middle{}, squared{};
    for (int64_t index = 0; index < pieces; index++) {
      const float* means = partial.data() + index * 2 * width + column;
      const float before = index * piece, added = std::min(piece, rows - index * piece);
      const Vec distance = Load(means, left) - middle;
      middle += distance * (added / (before + added));
      squared += Load(means + width, left) + distance * distance * (before * added / (before + added));
    }
    Store(mean + column, middle, left);
    Store(variance + column, squared * (1.0f / rows), left);
  });
}

// 1 / √(variance + ε) of a vector of columns.
inline Vec InverseDeviation(const float* variance, int64_t left, float epsilon) {
  Vec inverse = Load(variance, left) + epsilon;
  for (int i = 0; i < kWidth; i++) inverse[i] = InverseRoot(inverse[i]);
  return inverse;
}

void BatchNormForward(const BatchNormForwardArgs& args) {
  const int64_t width = args.width;
  ColumnMoments(args.rows, width, args.x, args.mean, args.variance);
  OverPieces(args.rows, RowsAPiece(width), [&](int64_t first, int64_t count) {
    OverColumns(width, [&](int64_t column, int64_t left) {
      const Vec mean = Load(args.mean + column, left);
      const Vec slope = InverseDeviation(args.variance + column, left, args.epsilon) * Load(args.scale + column, left);
      const Vec offset = Load(args.offset + column, left);
      for (int64_t at = first * width + column; at < (first + count) * width; at += width) {
        Store(args.y + at, (Load(args.x + at, left) - mean) * slope + offset, left);
      }
    });
  });
}

// With d = x − mean: dx = (dy − mean dy − d·mean(dy·d) / (variance + ε))·scale / deviation.
void BatchNormBackward(const BatchNormBackwardArgs& args) {
  const int64_t width = args.width;
  const int64_t piece = RowsASum(width);
  const int64_t pieces = (args.rows + piece - 1) / piece;
  const Scratch partial(pieces * 2 * width), along(width);
  OverPieces(args.rows, piece, [&](int64_t first, int64_t count) {
    float* sums = partial.data() + first / piece * 2 * width;
    OverColumns(width, [&](int64_t column, int64_t left) {
      const Vec mean = Load(args.mean + column, left);
      Vec sum{}, pull{};
      for (int64_t at = first * width + column; at < (first + count) * width; at += width) {
        const Vec gradient = Load(args.dy + at, left);
        sum += gradient;
        pull += gradient * (Load(args.x + at, left) - mean);
      }
      Store(sums + column, sum, left);
      Store(sums + width + column, pull, left);
    });
  });
  OverColumns(width, [&](int64_t column, int64_t left) {
    const Vec inverse = InverseDeviation(args.variance + column, left, args.epsilon);
    Vec sum{}, pull{};
    for (int64_t index = 0; index < pieces; index++) {
      const float* sums = partial.data() + index * 2 * width + column;
      sum += Load(sums, left);
      pull += Load(sums + width, left);
    }
    Store(args.d_offset + column, sum, left);
    Store(args.d_scale + column, pull * inverse, left);
    Store(along.data() + column, pull * inverse * inverse * (1.0f / args.rows), left);
  });
  OverPieces(args.rows, piece, [&](int64_t first, int64_t count) {
    OverColumns(width, [&](int64_t column, int64_t left) {
      const Vec mean = Load(args.mean + column, left);
      const Vec slope = InverseDeviation(args.variance + column, left, args.epsilon) * Load(args.scale + column, left);
      const Vec middle = Load(args.d_offset + column, left) * (1.0f / args.rows);
      const Vec pull = Load(along.data() + column, left);
      for (int64_t at = first * width + column; at < (first + count) * width; at += width) {
        const Vec distance = Load(args.x + at, left) - mean;
        Store(args.dx + at, (Load(args.dy + at, left) - middle - distance * pull) * slope, left);
      }
    });
  });
}

// Products of matrices of any size. Included once for each instruction set.

// Vectors of `b` at a time, and the depth that stays in the nearest cache.
constexpr int kProductVectors = kWidth >= 16 ? 4 : 2;
constexpr int64_t kDepth = 256;

// `kColumns` columns of b from `column` on and `depth` rows from `from` on, packed row by row.
template <int kVectors>
inline void PackColumns(const ProductArgs& p, int64_t column, int64_t from, int64_t depth, float* packed) {
  constexpr int64_t kColumns = kVectors * kWidth;
  const int64_t count = std::min(kColumns, p.columns - column);
  if (!p.transpose_b) {
    for (int64_t k = 0; k < depth; k++) {
      const float* row = p.b + (from + k) * p.columns + column;
      for (int v = 0; v < kVectors; v++) {
        Store(packed + k * kColumns + v * kWidth, Load(row + v * kWidth, count - v * kWidth));
      }
    }
    return;
  }
  for (int64_t i = 0; i < kColumns; i++) {
    const float* row = p.b + (column + i) * p.depth + from;
    for (int64_t k = 0; k < depth; k++) packed[k * kColumns + i] = i < count ? row[k] : 0.0f;
  }
}

// The product of `kRows` rows with packed columns, added to what is in c (or, in the first of the depth, to the bias).
template <int kRows, int kVectors>
inline void ProductBlock(const ProductArgs& p, int64_t row, int64_t column, int64_t from, int64_t depth,
                         const float* packed) {
  Vec sums[kRows][kVectors];
  const int64_t left = p.columns - column;
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) {
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) {
      const int64_t i = column + v * kWidth;
      if (from > 0) {
        sums[r][v] = Load(p.c + (row + r) * p.columns + i, left - v * kWidth);
      } else {
        sums[r][v] = p.bias != nullptr ? Load(p.bias + i, left - v * kWidth) : Vec{};
      }
    }
  }
  const int64_t row_stride = p.transpose_a ? 1 : p.depth;
  const int64_t depth_stride = p.transpose_a ? p.rows : 1;
  const float* a = p.a + row * row_stride + from * depth_stride;
  for (int64_t k = 0; k < depth; k++) {
    Vec b[kVectors];
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) b[v] = Load(packed + (k * kVectors + v) * kWidth);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; r++) {
      const Vec x = Fill(a[r * row_stride + k * depth_stride]);
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; v++) sums[r][v] += x * b[v];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) {
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) {
      Store(p.c + (row + r) * p.columns + column + v * kWidth, sums[r][v], left - v * kWidth);
    }
  }
}

template <int kVectors>
inline void ProductPanel(const ProductArgs& p, int64_t first, int64_t count, int64_t column) {
  alignas(64) float packed[kDepth * kVectors * kWidth];
  for (int64_t from = 0; from < p.depth; from += kDepth) {
    const int64_t depth = std::min(kDepth, p.depth - from);
    PackColumns<kVectors>(p, column, from, depth, packed);
    // As many rows as leave registers for their sums.
    constexpr int kRows = kVectors == 1 ? 8 : 6;
    InPieces<kRows>(count, [&](int64_t start, auto rows) {
      ProductBlock<rows.value, kVectors>(p, first + start, column, from, depth, packed);
    });
  }
}

// c `[rows, columns]` = a·b + bias. Every sum is made in the order of the depth, whatever the threads.
void Product(const ProductArgs& p) {
  constexpr int64_t kColumns = kProductVectors * kWidth;
  const int64_t panels = (p.columns + kColumns - 1) / kColumns;
  // So many rows in a task that packing the columns stays a small part of it.
  const int64_t wanted = Processors() * 2;
  const int64_t most = std::max<int64_t>(1, p.rows / 48);
  const int64_t pieces = std::max<int64_t>(1, std::min(most, (wanted + panels - 1) / panels));
  const bool alone = p.rows * p.columns * p.depth < (1 << 18);
  const auto part = [&](int64_t index) {
    const int64_t column = index / pieces * kColumns;
    const int64_t piece = index % pieces;
    const int64_t first = piece * p.rows / pieces;
    const int64_t count = (piece + 1) * p.rows / pieces - first;
    const int64_t left = p.columns - column;
    if (left > (kProductVectors - 1) * kWidth) {
      ProductPanel<kProductVectors>(p, first, count, column);
    } else if (left > 2 * kWidth) {
      ProductPanel<3>(p, first, count, column);
    } else if (left > kWidth) {
      ProductPanel<2>(p, first, count, column);
    } else {
      ProductPanel<1>(p, first, count, column);
    }
  };
  if (alone) {
    for (int64_t index = 0; index < panels * pieces; index++) part(index);
  } else {
    InParallel(panels * pieces, part);
  }
}

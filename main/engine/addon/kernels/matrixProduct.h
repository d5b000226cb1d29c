// Products of matrices of any size. Included once for each instruction set.

// Vectors of `b` at a time, and the depth that stays in the nearest cache.
constexpr int kProductVectors = kWidth >= 16 ? 4 : 2;
constexpr int64_t kProductColumns = kProductVectors * kWidth;
constexpr int64_t kDepth = 256;

// `count` columns of b, each `depth` numbers side by side, packed row by row, in tiles of one vector either way. Not
// inlined: with it, GCC no longer keeps the sums of the products in registers.
template <int kVectors>
__attribute__((noinline)) void PackTransposed(const float* b, int64_t stride, int64_t count, int64_t depth,
                                              float* packed) {
  constexpr int64_t kColumns = kVectors * kWidth;
  for (int64_t column = 0; column < kColumns; column += kWidth) {
    for (int64_t k = 0; k < depth; k += kWidth) {
      Vec tile[kWidth];
#pragma GCC unroll 16
      for (int i = 0; i < kWidth; i++) {
        tile[i] = column + i < count ? Load(b + (column + i) * stride + k, depth - k) : Vec{};
      }
      Transpose(tile);
      for (int i = 0; i < std::min<int64_t>(kWidth, depth - k); i++) {
        Store(packed + (k + i) * kColumns + column, tile[i]);
      }
    }
  }
}

// `kColumns` columns of b from `column` on and `depth` rows from `from` on, packed row by row.
template <int kVectors>
inline void PackColumns(const ProductArgs& p, int64_t column, int64_t from, int64_t depth, float* packed) {
  constexpr int64_t kColumns = kVectors * kWidth;
  const int64_t count = std::min(kColumns, p.columns - column);
  const float* b = p.b.data + from * p.b.row + column * p.b.column;
  if (p.b.column != 1) {
    PackTransposed<kVectors>(b, p.b.column, count, depth, packed);
    return;
  }
  for (int64_t k = 0; k < depth; k++) {
    const float* row = b + k * p.b.row;
    for (int v = 0; v < kVectors; v++) {
      Store(packed + k * kColumns + v * kWidth, Load(row + v * kWidth, count - v * kWidth));
    }
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
        sums[r][v] = Load(p.c + (row + r) * p.c_row + i, left - v * kWidth);
      } else {
        sums[r][v] = p.bias != nullptr ? Load(p.bias + i, left - v * kWidth) : Vec{};
      }
    }
  }
  const int64_t row_stride = p.a.row, depth_stride = p.a.column;
  const float* a = p.a.data + row * row_stride + from * depth_stride;
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
      Store(p.c + (row + r) * p.c_row + column + v * kWidth, sums[r][v], left - v * kWidth);
    }
  }
}

template <int kVectors>
inline void ProductPanel(const ProductArgs& p, int64_t first, int64_t count, int64_t column) {
  alignas(64) float packed[kDepth * kVectors * kWidth];
  int64_t from = 0;
  // Once at least: without any depth, c is the bias.
  do {
    const int64_t depth = std::min(kDepth, p.depth - from);
    PackColumns<kVectors>(p, column, from, depth, packed);
    // As many rows as leave registers for their sums.
    constexpr int kRows = kVectors == 1 ? 8 : 6;
    InPieces<kRows>(count, [&](int64_t start, auto rows) {
      ProductBlock<rows.value, kVectors>(p, first + start, column, from, depth, packed);
    });
    from += kDepth;
  } while (from < p.depth);
}

// `count` rows from `first` on of the panel of columns that begins at `column`.
inline void ProductPart(const ProductArgs& p, int64_t first, int64_t count, int64_t column) {
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
}

// The product on the thread that asks.
inline void ProductAlone(const ProductArgs& p) {
  for (int64_t column = 0; column < p.columns; column += kProductColumns) ProductPart(p, 0, p.rows, column);
}

// c `[rows, columns]` = a·b + bias. Every sum is made in the order of the depth, whatever the threads.
void Product(const ProductArgs& p) {
  if (p.rows * p.columns * p.depth < (1 << 18)) {
    ProductAlone(p);
    return;
  }
  const int64_t panels = (p.columns + kProductColumns - 1) / kProductColumns;
  // So many rows in a task that packing the columns stays a small part of it.
  const int64_t wanted = Processors() * 2;
  const int64_t most = std::max<int64_t>(1, p.rows / 48);
  const int64_t pieces = std::max<int64_t>(1, std::min(most, (wanted + panels - 1) / panels));
  InParallel(panels * pieces, [&](int64_t index) {
    const int64_t piece = index % pieces;
    const int64_t first = piece * p.rows / pieces;
    ProductPart(p, first, (piece + 1) * p.rows / pieces - first, index / pieces * kProductColumns);
  });
}

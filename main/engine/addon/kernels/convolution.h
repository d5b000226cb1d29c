// Gradients of convolutions of images with few channels, whose sums are too short for a product's blocks.
// Included once for each instruction set.

// Memory of one sample with the zeros around it: the place of an output's first tap is `(oy·down·row + ox·across·channels)`.
struct Padded {
  explicit Padded(const ConvolutionSizes& s)
      : row(((s.out_width - 1) * s.across + s.kernel_width) * s.channels),
        rows((s.out_height - 1) * s.down + s.kernel_height) {}
  int64_t row, rows;
};

// Calls `body(inside, outside, count)` for each row of the image that some output sees: `count` numbers at `inside` of
// the sample lie at `outside` of the padded one.
template <typename Body>
inline void OverPaddedRows(const ConvolutionSizes& s, const Padded& padded, Body body) {
  for (int64_t y = 0; y < s.height; y++) {
    const int64_t at = y + s.top;
    if (at >= padded.rows) break;
    const int64_t from = s.left * s.channels;
    body(y * s.width * s.channels, at * padded.row + from, std::min(s.width * s.channels, padded.row - from));
  }
}

// Where each tap (row, column, channel of the kernel) lies from the first one.
inline int64_t TapAt(const ConvolutionSizes& s, const Padded& padded, int64_t tap) {
  const int64_t channel = tap % s.channels, place = tap / s.channels;
  return place / s.kernel_width * padded.row + place % s.kernel_width * s.channels + channel;
}

// The gradient of `kTaps` taps of `kVectors` vectors of filters, over one sample, added to `to`: sums of rows of sums, so
// that no digits are lost among tens of thousands of products.
template <int kTaps, int kVectors>
inline void FilterGradBlock(const ConvolutionSizes& s, const Padded& padded, const float* x, const float* dy,
                            int64_t first, int64_t filter, float* to) {
  const int64_t left = s.filters - filter;
  int64_t places[kTaps];
#pragma GCC unroll 8
  for (int t = 0; t < kTaps; t++) places[t] = TapAt(s, padded, first + t);
  for (int64_t oy = 0; oy < s.out_height; oy++) {
    const float* row = x + oy * s.down * padded.row;
    const float* gradient = dy + oy * s.out_width * s.filters + filter;
    Vec sums[kTaps][kVectors] = {};
    for (int64_t ox = 0; ox < s.out_width; ox++, row += s.across * s.channels, gradient += s.filters) {
      Vec g[kVectors];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; v++) g[v] = Load(gradient + v * kWidth, left - v * kWidth);
#pragma GCC unroll 8
      for (int t = 0; t < kTaps; t++) {
        const Vec value = Fill(row[places[t]]);
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; v++) sums[t][v] += value * g[v];
      }
    }
#pragma GCC unroll 8
    for (int t = 0; t < kTaps; t++) {
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; v++) {
        float* at = to + (first + t) * s.filters + filter + v * kWidth;
        Store(at, Load(at, left - v * kWidth) + sums[t][v], left - v * kWidth);
      }
    }
  }
}

// dFilter `[kernel_height, kernel_width, channels, filters]`: samples in pieces of fixed size, added in order.
void FilterGrad(const FilterGradArgs& args) {
  const ConvolutionSizes& s = args.sizes;
  const Padded padded(s);
  const int64_t taps = s.kernel_height * s.kernel_width * s.channels;
  const int64_t numbers = taps * s.filters;
  constexpr int64_t kSamples = 4;
  const int64_t pieces = (s.batch + kSamples - 1) / kSamples;
  const Scratch partial(pieces * numbers);
  InParallel(pieces, [&](int64_t piece) {
    float* sums = partial.data() + piece * numbers;
    std::fill(sums, sums + numbers, 0.0f);
    const Scratch image(padded.row * padded.rows);
    std::fill(image.data(), image.data() + padded.row * padded.rows, 0.0f);
    for (int64_t sample = piece * kSamples; sample < std::min(s.batch, (piece + 1) * kSamples); sample++) {
      const float* x = args.x + sample * s.height * s.width * s.channels;
      const float* dy = args.dy + sample * s.out_height * s.out_width * s.filters;
      OverPaddedRows(s, padded, [&](int64_t inside, int64_t outside, int64_t count) {
        std::copy(x + inside, x + inside + count, image.data() + outside);
      });
      constexpr int kVectors = 2;
      for (int64_t filter = 0; filter < s.filters; filter += kVectors * kWidth) {
        constexpr int kTaps = kWidth >= 16 ? 8 : 5;
        InPieces<kTaps>(taps, [&](int64_t first, auto count) {
          if (s.filters - filter > kWidth) {
            FilterGradBlock<count.value, kVectors>(s, padded, image.data(), dy, first, filter, sums);
          } else {
            FilterGradBlock<count.value, 1>(s, padded, image.data(), dy, first, filter, sums);
          }
        });
      }
    }
  });
  std::fill(args.d_filter, args.d_filter + numbers, 0.0f);
  for (int64_t piece = 0; piece < pieces; piece++) {
    OverUnits(numbers, [&](int64_t i, int64_t left) {
      Store(args.d_filter + i, Load(args.d_filter + i, left) + Load(partial.data() + piece * numbers + i, left), left);
    });
  }
}

// dx: of each output what each tap gets, as one product, added where the taps lie.
void ImageGrad(const ImageGradArgs& args) {
  const ConvolutionSizes& s = args.sizes;
  const Padded padded(s);
  const int64_t taps = s.kernel_height * s.kernel_width * s.channels;
  const int64_t window = s.kernel_width * s.channels;
  InParallel(s.batch, [&](int64_t sample) {
    const Scratch image(padded.row * padded.rows), row(s.out_width * taps);
    std::fill(image.data(), image.data() + padded.row * padded.rows, 0.0f);
    for (int64_t oy = 0; oy < s.out_height; oy++) {
      const Matrix gradients{args.dy + (sample * s.out_height + oy) * s.out_width * s.filters, s.filters, 1};
      ProductAlone({s.out_width, taps, s.filters, gradients, {args.filter, 1, s.filters}, nullptr, row.data(), taps});
      for (int64_t ox = 0; ox < s.out_width; ox++) {
        const float* from = row.data() + ox * taps;
        float* to = image.data() + oy * s.down * padded.row + ox * s.across * s.channels;
        for (int64_t ky = 0; ky < s.kernel_height; ky++, from += window, to += padded.row) {
          for (int64_t i = 0; i < window; i++) to[i] += from[i];
        }
      }
    }
    float* dx = args.dx + sample * s.height * s.width * s.channels;
    std::fill(dx, dx + s.height * s.width * s.channels, 0.0f);
    OverPaddedRows(s, padded, [&](int64_t inside, int64_t outside, int64_t count) {
      std::copy(image.data() + outside, image.data() + outside + count, dx + inside);
    });
  });
}

// Random numbers out of a counter, so that each place's number is known by itself. Included once for each
// instruction set; all give the same numbers.

typedef uint64_t Wide __attribute__((vector_size(kWidth * 4), aligned(4), may_alias));
typedef uint32_t Narrow __attribute__((vector_size(kWidth * 2), aligned(4), may_alias));

constexpr int64_t kDraw = 64;

// The 64 numbers of block `block` of a stream: Philox 4×32 with 10 rounds (Salmon et al. 2011). Counter
// 16·block + lane gives the numbers lane, 16 + lane, 32 + lane and 48 + lane.
inline void Draw(uint32_t key0, uint32_t key1, uint64_t block, uint32_t* numbers) {
  constexpr int kLanes = kWidth / 2;
  constexpr uint64_t kLow = 0xffffffff;
  for (int first = 0; first < 16; first += kLanes) {
    Wide c0{}, c1{}, c2{}, c3{};
    for (int lane = 0; lane < kLanes; lane++) {
      const uint64_t counter = block * 16 + first + lane;
      c0[lane] = counter & kLow;
      c1[lane] = counter >> 32;
    }
    uint64_t k0 = key0, k1 = key1;
    for (int round = 0; round < 10; round++) {
      const Wide p0 = c0 * 0xD2511F53u;
      const Wide p1 = c2 * 0xCD9E8D57u;
      c0 = (p1 >> 32) ^ c1 ^ k0;
      c1 = p1 & kLow;
      c2 = (p0 >> 32) ^ c3 ^ k1;
      c3 = p0 & kLow;
      k0 = (k0 + 0x9E3779B9u) & kLow;
      k1 = (k1 + 0xBB67AE85u) & kLow;
    }
    int place = first;
    for (const Wide& words : {c0, c1, c2, c3}) {
      *reinterpret_cast<Narrow*>(numbers + place) = __builtin_convertvector(words, Narrow);
      place += 16;
    }
  }
}

// y = x / (1 − rate) or, with probability `rate`, 0 (Srivastava et al. 2014).
void Dropout(const DropoutArgs& args) {
  const auto limit = static_cast<uint32_t>(std::min(4294967295.0, static_cast<double>(args.rate) * 4294967296.0));
  const float scale = 1.0f / (1.0f - args.rate);
  const int64_t blocks = (args.count + kDraw - 1) / kDraw;
  OverPieces(blocks, kPiece / kDraw, [&](int64_t first, int64_t count) {
    uint32_t numbers[kDraw];
    for (int64_t block = first; block < first + count; block++) {
      Draw(args.key0, args.key1, static_cast<uint64_t>(block), numbers);
      for (int64_t i = 0; i < kDraw; i += kWidth) {
        const int64_t place = block * kDraw + i;
        const int64_t left = args.count - place;
        if (left <= 0) break;
        typedef uint32_t Numbers __attribute__((vector_size(kWidth * 4), aligned(4), may_alias));
        const IntVec kept = *reinterpret_cast<const Numbers*>(numbers + i) >= limit;
        Store(args.y + place, Choose(kept, Load(args.x + place, left) * scale, Vec{}), left);
      }
    }
  });
}

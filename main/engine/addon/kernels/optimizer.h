// Updates of weights. Included once for each instruction set.

// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019) in one pass:
// m ← m + (g − m)·(1 − β₁), v ← v + (g² − v)·(1 − β₂), w ← w − decay·w − rate·m / (√v + ε).
void Adam(const AdamArgs& args) {
  Map(args.count, [=](int64_t i, int64_t left) {
    const Vec w = Load(args.weight + i, left);
    const Vec g = Load(args.gradient + i, left) + args.pull * w;
    Vec m = Load(args.mean + i, left);
    Vec v = Load(args.square + i, left);
    m += (g - m) * args.rest1;
    v += (g * g - v) * args.rest2;
    Store(args.next_mean + i, m, left);
    Store(args.next_square + i, v, left);
    Store(args.next_weight + i, w - args.decay * w - args.rate * m / (Root(v) + args.epsilon), left);
  });
}

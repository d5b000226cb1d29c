// Recurrent layers over a whole sequence, forward and backward. Included once for each instruction set.
// A thread takes some of the samples through all steps by itself. Every sum is made in the same order
// however the samples are divided, so that results do not depend on the number of threads.

// Rows of a sequence `[T, B, n]`, or of its first state `[B, n]` before the first step.
struct Rows {
  const float* sequence;
  const float* first;
  int64_t batch, width;

  const float* Before(const Order& order, int64_t index, int64_t row) const {
    const float* step = index == 0 ? first : sequence + order.Time(index - 1) * batch * width;
    return step + row * width;
  }
};

// How many threads can share the samples, and which are whose.
inline int64_t Parts(int64_t batch) { return std::max<int64_t>(1, std::min(Processors(), batch / 4)); }
inline int64_t PartStart(int64_t part, int64_t parts, int64_t batch) { return part * batch / parts; }

// The recurrent kernel `[U, G·U]` in blocks of `kWidth · kSpan` units that hold all gates of these units.
template <int kGates, int kSpan>
struct GateBlocks {
  using Blocks = Packed<kGates * kSpan>;
  static constexpr int64_t kUnits = kSpan * kWidth;
  const float* recurrent;
  int64_t units;

  int64_t Count() const { return (units + kUnits - 1) / kUnits; }
  int64_t Size() const { return Count() * units * kGates * kUnits; }
  int64_t Left(int64_t block, int span) const { return units - block * kUnits - span * kWidth; }

  void Pack(float* packed) const {
    InParallel(Count(), [&](int64_t block) {
      Blocks::Pack(packed, block, units, [&](int64_t row, int64_t vector) {
        const int64_t local = vector - block * kGates * kSpan;
        const int64_t gate = local / kSpan;
        const int64_t unit = block * kUnits + (local % kSpan) * kWidth;
        if (unit >= units) return Vec{};
        return Load(recurrent + row * kGates * units + gate * units + unit, units - unit);
      });
    });
  }
};

// Goes through all steps: `cell(index, row, block, Count<rows>, sums)` gets h·recurrent of some rows and units.
template <int kGates, int kSpan, int kMost, typename Cell>
void ForwardSteps(const Sizes& sizes, const Order& order, const float* recurrent, const Rows& hidden,
                  Cell cell) {
  const GateBlocks<kGates, kSpan> gates{recurrent, sizes.units};
  const Scratch packed(gates.Size());
  gates.Pack(packed.data());
  const int64_t parts = Parts(sizes.batch);
  const int64_t block_size = gates.units * kGates * gates.kUnits;
  InParallel(parts, [&](int64_t part) {
    const int64_t start = PartStart(part, parts, sizes.batch);
    const int64_t count = PartStart(part + 1, parts, sizes.batch) - start;
    for (int64_t index = 0; index < sizes.steps; index++) {
      for (int64_t block = 0; block < gates.Count(); block++) {
        InPieces<kMost>(count, [&](int64_t first, auto rows) {
          Vec sums[rows.value][kGates * kSpan] = {};
          const int64_t row = start + first;
          Accumulate<rows.value, kGates * kSpan>(hidden.Before(order, index, row), sizes.units,
                                                 packed.data() + block * block_size, sizes.units, sums);
          cell(index, row, block, rows, sums);
        });
      }
    }
  });
}

// Goes back through all steps. `cell(index, row)` turns `carry[row]`, the gradient of the state after a step, into
// the gradients of the gates and leaves in `carry[row]` what reaches the state before the step beside the product;
// `gates(index, row)` are the `[G·U]` numbers that the product with the transposed recurrent kernel is made of.
template <typename Cell, typename Gates>
void BackwardSteps(const Sizes& sizes, int64_t gate_width, const float* recurrent, float* carry, Cell cell,
                   Gates gates) {
  constexpr int kVectors = kWidth >= 16 ? 4 : 2;
  constexpr int kMost = 6;
  using Blocks = Packed<kVectors>;
  const int64_t units = sizes.units;
  const Scratch packed(Blocks::Size(gate_width, units));
  InParallel(Blocks::Blocks(units), [&](int64_t block) {
    Blocks::Pack(packed.data(), block, gate_width, [&](int64_t row, int64_t vector) {
      Vec column{};
      for (int64_t i = 0; i < kWidth && vector * kWidth + i < units; i++) {
        column[i] = recurrent[(vector * kWidth + i) * gate_width + row];
      }
      return column;
    });
  });
  const int64_t parts = Parts(sizes.batch);
  InParallel(parts, [&](int64_t part) {
    const int64_t start = PartStart(part, parts, sizes.batch);
    const int64_t end = PartStart(part + 1, parts, sizes.batch);
    for (int64_t index = sizes.steps - 1; index >= 0; index--) {
      for (int64_t row = start; row < end; row++) cell(index, row);
      for (int64_t block = 0; block < Blocks::Blocks(units); block++) {
        InPieces<kMost>(end - start, [&](int64_t first, auto rows) {
          const int64_t row = start + first;
          Vec sums[rows.value][kVectors] = {};
          Accumulate<rows.value, kVectors>(gates(index, row), gate_width,
                                           packed.data() + block * gate_width * Blocks::kColumns, gate_width,
                                           sums);
          for (int r = 0; r < rows.value; r++) {
            for (int v = 0; v < kVectors; v++) {
              const int64_t unit = block * Blocks::kColumns + v * kWidth;
              if (unit >= units) break;
              float* to = carry + (row + r) * units + unit;
              Store(to, Load(to, units - unit) + sums[r][v], units - unit);
            }
          }
        });
      }
    }
  });
}

void LstmForward(const Sizes& sizes, const Order& order, const LstmForwardArgs& args) {
  const int64_t units = sizes.units;
  const Rows hidden{args.hidden, args.h, sizes.batch, units};
  const Rows cells{args.cells, args.c, sizes.batch, units};
  ForwardSteps<4, 1, kWidth >= 16 ? 6 : 2>(
      sizes, order, args.recurrent, hidden,
      [&](int64_t index, int64_t row, int64_t block, auto rows, const auto& sums) {
        const int64_t unit = block * kWidth;
        const int64_t left = units - unit;
        for (int r = 0; r < rows.value; r++) {
          const int64_t place = order.Time(index) * sizes.batch + row + r;
          const float* input = args.input + place * 4 * units + unit;
          const Vec i = Sigmoid(sums[r][0] + Load(input, left));
          const Vec f = Sigmoid(sums[r][1] + Load(input + units, left));
          const Vec g = Tanh(sums[r][2] + Load(input + 2 * units, left));
          const Vec o = Sigmoid(sums[r][3] + Load(input + 3 * units, left));
          const Vec before = Load(cells.Before(order, index, row + r) + unit, left);
          Vec c = f * before + i * g;
          Vec h = o * Tanh(c);
          if (args.mask != nullptr) {
            const float now = args.mask[place];
            h = now * h + (1.0f - now) * Load(hidden.Before(order, index, row + r) + unit, left);
            c = now * c + (1.0f - now) * before;
          }
          float* gates = args.gates + place * 4 * units + unit;
          Store(gates, i, left);
          Store(gates + units, f, left);
          Store(gates + 2 * units, g, left);
          Store(gates + 3 * units, o, left);
          Store(args.cells + place * units + unit, c, left);
          Store(args.hidden + place * units + unit, h, left);
        }
      });
}

void LstmBackward(const Sizes& sizes, const Order& order, const LstmBackwardArgs& args) {
  const int64_t units = sizes.units;
  const Rows cells{args.cells, args.c, sizes.batch, units};
  const auto gates = [&](int64_t index, int64_t row) {
    return args.d_input + (order.Time(index) * sizes.batch + row) * 4 * units;
  };
  BackwardSteps(
      sizes, 4 * units, args.recurrent, args.d_h,
      [&](int64_t index, int64_t row) {
        const int64_t place = order.Time(index) * sizes.batch + row;
        const float* kept = args.gates + place * 4 * units;
        const float* past = cells.Before(order, index, row);
        const float now = args.mask != nullptr ? args.mask[place] : 1.0f;
        OverUnits(units, [&](int64_t unit, int64_t left) {
          const Vec i = Load(kept + unit, left);
          const Vec f = Load(kept + units + unit, left);
          const Vec g = Load(kept + 2 * units + unit, left);
          const Vec o = Load(kept + 3 * units + unit, left);
          const Vec before = Load(past + unit, left);
          const Vec bent = Tanh(f * before + i * g);
          float* carry_h = args.d_h + row * units + unit;
          float* carry_c = args.d_c + row * units + unit;
          const Vec all_h = Load(carry_h, left) + Load(args.d_hidden + place * units + unit, left);
          const Vec all_c = Load(carry_c, left);
          const Vec dh = now * all_h;
          const Vec d = now * all_c + dh * o * (1.0f - bent * bent);
          float* to = gates(index, row) + unit;
          Store(to, d * g * i * (1.0f - i), left);
          Store(to + units, d * before * f * (1.0f - f), left);
          Store(to + 2 * units, d * i * (1.0f - g * g), left);
          Store(to + 3 * units, dh * bent * o * (1.0f - o), left);
          Store(carry_c, d * f + (1.0f - now) * all_c, left);
          Store(carry_h, (1.0f - now) * all_h, left);
        });
      },
      gates);
}

void GruForward(const Sizes& sizes, const Order& order, const GruForwardArgs& args) {
  const int64_t units = sizes.units;
  const Rows hidden{args.hidden, args.h, sizes.batch, units};
  ForwardSteps<3, 1, kWidth >= 16 ? 8 : 3>(
      sizes, order, args.recurrent, hidden,
      [&](int64_t index, int64_t row, int64_t block, auto rows, const auto& sums) {
        const int64_t unit = block * kWidth;
        const int64_t left = units - unit;
        const Vec bias_r = Load(args.bias + unit, left);
        const Vec bias_z = Load(args.bias + units + unit, left);
        const Vec bias_n = Load(args.bias + 2 * units + unit, left);
        for (int r = 0; r < rows.value; r++) {
          const int64_t place = order.Time(index) * sizes.batch + row + r;
          const float* input = args.input + place * 3 * units + unit;
          const Vec reset = Sigmoid(sums[r][0] + bias_r + Load(input, left));
          const Vec z = Sigmoid(sums[r][1] + bias_z + Load(input + units, left));
          const Vec state = sums[r][2] + bias_n;
          const Vec n = Tanh(Load(input + 2 * units, left) + reset * state);
          const Vec before = Load(hidden.Before(order, index, row + r) + unit, left);
          Vec h = n + z * (before - n);
          if (args.mask != nullptr) {
            const float now = args.mask[place];
            h = now * h + (1.0f - now) * before;
          }
          float* gates = args.gates + place * 3 * units + unit;
          Store(gates, reset, left);
          Store(gates + units, z, left);
          Store(gates + 2 * units, n, left);
          Store(args.states + place * units + unit, state, left);
          Store(args.hidden + place * units + unit, h, left);
        }
      });
}

void GruBackward(const Sizes& sizes, const Order& order, const GruBackwardArgs& args) {
  const int64_t units = sizes.units;
  const Rows hidden{args.hidden, args.h, sizes.batch, units};
  const auto gates = [&](int64_t index, int64_t row) {
    return args.d_recurrent + (order.Time(index) * sizes.batch + row) * 3 * units;
  };
  BackwardSteps(
      sizes, 3 * units, args.recurrent, args.d_h,
      [&](int64_t index, int64_t row) {
        const int64_t place = order.Time(index) * sizes.batch + row;
        const float* kept = args.gates + place * 3 * units;
        const float* past = hidden.Before(order, index, row);
        const float now = args.mask != nullptr ? args.mask[place] : 1.0f;
        OverUnits(units, [&](int64_t unit, int64_t left) {
          const Vec reset = Load(kept + unit, left);
          const Vec z = Load(kept + units + unit, left);
          const Vec n = Load(kept + 2 * units + unit, left);
          const Vec state = Load(args.states + place * units + unit, left);
          const Vec before = Load(past + unit, left);
          float* carry = args.d_h + row * units + unit;
          const Vec all = Load(carry, left) + Load(args.d_hidden + place * units + unit, left);
          const Vec dh = now * all;
          const Vec dn = dh * (1.0f - z) * (1.0f - n * n);
          const Vec dr = dn * state * reset * (1.0f - reset);
          const Vec dz = dh * (before - n) * z * (1.0f - z);
          float* input = args.d_input + place * 3 * units + unit;
          Store(input, dr, left);
          Store(input + units, dz, left);
          Store(input + 2 * units, dn, left);
          float* to = gates(index, row) + unit;
          Store(to, dr, left);
          Store(to + units, dz, left);
          Store(to + 2 * units, dn * reset, left);
          Store(carry, dh * z + (1.0f - now) * all, left);
        });
      },
      gates);
}

void RnnForward(const Sizes& sizes, const Order& order, const RnnForwardArgs& args) {
  constexpr int kSpan = 4;
  const int64_t units = sizes.units;
  const Rows hidden{args.hidden, args.h, sizes.batch, units};
  ForwardSteps<1, kSpan, kWidth >= 16 ? 6 : 2>(
      sizes, order, args.recurrent, hidden,
      [&](int64_t index, int64_t row, int64_t block, auto rows, const auto& sums) {
        for (int span = 0; span < kSpan; span++) {
          const int64_t unit = (block * kSpan + span) * kWidth;
          const int64_t left = units - unit;
          if (left <= 0) break;
          for (int r = 0; r < rows.value; r++) {
            const int64_t place = order.Time(index) * sizes.batch + row + r;
            const Vec sum = sums[r][span] + Load(args.input + place * units + unit, left);
            // A comparison with what is no number is false: max(x, 0) that keeps it.
            Vec h = args.relu ? Choose(sum <= 0.0f, Vec{}, sum) : Tanh(sum);
            Store(args.outputs + place * units + unit, h, left);
            if (args.mask != nullptr) {
              const float now = args.mask[place];
              h = now * h + (1.0f - now) * Load(hidden.Before(order, index, row + r) + unit, left);
            }
            Store(args.hidden + place * units + unit, h, left);
          }
        }
      });
}

void RnnBackward(const Sizes& sizes, const Order& order, const RnnBackwardArgs& args) {
  const int64_t units = sizes.units;
  const auto gates = [&](int64_t index, int64_t row) {
    return args.d_input + (order.Time(index) * sizes.batch + row) * units;
  };
  BackwardSteps(
      sizes, units, args.recurrent, args.d_h,
      [&](int64_t index, int64_t row) {
        const int64_t place = order.Time(index) * sizes.batch + row;
        const float now = args.mask != nullptr ? args.mask[place] : 1.0f;
        OverUnits(units, [&](int64_t unit, int64_t left) {
          const Vec y = Load(args.outputs + place * units + unit, left);
          float* carry = args.d_h + row * units + unit;
          const Vec all = Load(carry, left) + Load(args.d_hidden + place * units + unit, left);
          const Vec dh = now * all;
          const Vec slope = args.relu ? Choose(y > 0.0f, Fill(1.0f), Vec{}) : 1.0f - y * y;
          Store(gates(index, row) + unit, dh * slope, left);
          Store(carry, (1.0f - now) * all, left);
        });
      },
      gates);
}

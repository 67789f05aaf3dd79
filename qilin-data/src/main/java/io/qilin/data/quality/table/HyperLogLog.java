package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Estimates how many different hashes it has seen: P. Flajolet et al., "HyperLogLog", 2007, with 2^14 registers, so a
 * standard error of 0.8 %, and linear counting of few. The same in any order; merges exactly.
 */
final class HyperLogLog {
  private static final int BITS = 14;
  private static final int REGISTERS = 1 << BITS;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private final byte[] registers = new byte[REGISTERS];

  void add(long hash) {
    int register = (int) (hash >>> (64 - BITS));
    int rank = Long.numberOfLeadingZeros((hash << BITS) | (1L << (BITS - 1))) + 1;
    if (rank > registers[register]) {
      registers[register] = (byte) rank;
    }
  }

  void merge(HyperLogLog other) {
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  double estimate() {
    double sum = 0;
    int zeros = 0;
    for (byte rank : registers) {
      sum += Math.scalb(1.0, -rank);
      zeros += rank == 0 ? 1 : 0;
    }
    double raw = ALPHA * REGISTERS * REGISTERS / sum;
    return raw <= 2.5 * REGISTERS && zeros > 0
        ? REGISTERS * Math.log((double) REGISTERS / zeros)
        : raw;
  }

  void write(DataOutput out) throws IOException {
    out.write(registers);
  }

  void read(DataInput in) throws IOException {
    in.readFully(registers);
    for (byte rank : registers) {
      if (rank < 0 || rank > 64 - BITS + 1) {
        throw Stored.broken("a register of " + rank);
      }
    }
  }
}

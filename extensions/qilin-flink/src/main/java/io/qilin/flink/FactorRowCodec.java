package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.data.stream.StreamCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Rows between machines, to the last bit. */
final class FactorRowCodec implements StreamCodec<FactorRow> {
  private static final int MOST_VALUES = 1 << 20;

  @Override
  public void write(FactorRow value, DataOutput out) throws IOException {
    out.writeUTF(value.symbol().toString());
    out.writeLong(value.time());
    out.writeInt(value.size());
    for (double each : value.values()) {
      out.writeLong(Double.doubleToRawLongBits(each));
    }
  }

  @Override
  public FactorRow read(DataInput in) throws IOException {
    Symbol symbol = Symbol.parse(in.readUTF());
    long time = in.readLong();
    int count = in.readInt();
    if (count < 0 || count > MOST_VALUES) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "a row has 0 to " + MOST_VALUES + " values, this one is said to have " + count);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Double.longBitsToDouble(in.readLong());
    }
    return new FactorRow(symbol, time, values);
  }
}

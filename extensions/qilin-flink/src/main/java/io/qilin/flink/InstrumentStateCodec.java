package io.qilin.flink;

import io.qilin.data.stream.StreamCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state of an instrument. */
final class InstrumentStateCodec implements StreamCodec<InstrumentState> {
  @Override
  public void write(InstrumentState value, DataOutput out) throws IOException {
    byte[] bytes = value.bytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public InstrumentState read(DataInput in) throws IOException {
    return InstrumentState.of(SourceMessageCodec.bytes(in));
  }
}

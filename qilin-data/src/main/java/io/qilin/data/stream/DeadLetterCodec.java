package io.qilin.data.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Dead letters in a file. Texts are cut to 4,096 characters. */
public final class DeadLetterCodec implements StreamCodec<DeadLetter> {
  private static final int MOST = 4096;
  private static final DeadLetterReason[] REASONS = DeadLetterReason.values();

  /** There is no state. */
  public DeadLetterCodec() {}

  @Override
  public void write(DeadLetter value, DataOutput out) throws IOException {
    out.writeUTF(cut(value.source()));
    out.writeLong(value.position());
    out.writeByte(value.reason().ordinal());
    out.writeUTF(cut(value.message()));
    out.writeUTF(cut(value.payload()));
  }

  @Override
  public DeadLetter read(DataInput in) throws IOException {
    String source = in.readUTF();
    long position = in.readLong();
    int reason = in.readUnsignedByte();
    if (reason >= REASONS.length) {
      throw new IOException("no reason has the number " + reason);
    }
    return new DeadLetter(source, position, REASONS[reason], in.readUTF(), in.readUTF());
  }

  private static String cut(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST);
  }
}

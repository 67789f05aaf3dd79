package io.qilin.data.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Dead letters in a file. Texts are cut to 4,096 characters. */
public final class DeadLetterCodec implements StreamCodec<DeadLetter> {
  private static final int MOST = 4096;

  /** There is no state. */
  public DeadLetterCodec() {}

  @Override
  public void write(DeadLetter value, DataOutput out) throws IOException {
    out.writeUTF(cut(value.source()));
    out.writeLong(value.position());
    out.writeUTF(value.reason().name());
    out.writeUTF(cut(value.message()));
    out.writeUTF(cut(value.payload()));
  }

  @Override
  public DeadLetter read(DataInput in) throws IOException {
    String source = in.readUTF();
    long position = in.readLong();
    DeadLetterReason reason = Names.read(DeadLetterReason.class, in);
    return new DeadLetter(source, position, reason, in.readUTF(), in.readUTF());
  }

  private static String cut(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST);
  }
}

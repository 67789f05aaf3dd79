package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.StreamCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Messages between machines. */
final class SourceMessageCodec implements StreamCodec<SourceMessage> {
  /** No message of a broker or a file is longer. */
  private static final int MOST_BYTES = 64 << 20;

  @Override
  public void write(SourceMessage value, DataOutput out) throws IOException {
    out.writeUTF(value.source());
    out.writeLong(value.position());
    out.writeUTF(value.damage());
    out.writeInt(value.bytes().length);
    out.write(value.bytes());
  }

  @Override
  public SourceMessage read(DataInput in) throws IOException {
    String source = in.readUTF();
    long position = in.readLong();
    String damage = in.readUTF();
    byte[] payload = bytes(in);
    return damage.isEmpty()
        ? SourceMessage.of(source, position, payload)
        : SourceMessage.damaged(source, position, payload, damage);
  }

  static byte[] bytes(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "bytes in a job are 0 to " + MOST_BYTES + " long, these are said to be " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}

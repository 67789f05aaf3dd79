package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.StreamCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Messages between machines. */
final class SourceMessageCodec implements StreamCodec<SourceMessage> {
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
    if (length < 0 || length > SourceMessage.MOST_BYTES) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "bytes in a job are 0 to " + SourceMessage.MOST_BYTES + " long, these are said to be "
              + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}

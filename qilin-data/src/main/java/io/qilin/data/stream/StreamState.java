package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The state of a pipeline as bytes: which pipeline it is, then its parts, in the order in which they were added. */
final class StreamState {
  private static final int FORMAT = 1;

  /** Writes a part. */
  @FunctionalInterface
  interface Saver {
    void save(DataOutput out) throws IOException;
  }

  /** Reads a part back. */
  @FunctionalInterface
  interface Loader {
    void load(DataInput in) throws IOException;
  }

  private final String fingerprint;
  private final List<Saver> savers = new ArrayList<>();
  private final List<Loader> loaders = new ArrayList<>();

  StreamState(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  void add(Saver saver, Loader loader) {
    savers.add(saver);
    loaders.add(loader);
  }

  byte[] save() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeUTF(fingerprint);
      for (Saver saver : savers) {
        saver.save(out);
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.UNKNOWN, "the state of a stream cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is the state of another pipeline; DATA_FORMAT if it is none
   */
  void load(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readInt();
      String found = format == FORMAT ? in.readUTF() : "format " + format;
      if (!found.equals(fingerprint)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the checkpoint is of another pipeline, " + found + "; this one is " + fingerprint);
      }
      for (Loader loader : loaders) {
        loader.load(in);
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the checkpoint of the stream ends too early", e);
    }
  }
}

package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Keys in files, dealt out by the lowest bits of their hash, so that equal keys share a file and the upper bits still
 * tell the keys of a file apart. Deleted when closed.
 */
final class KeySpill implements AutoCloseable {
  static final int FILES = 64;

  private static final int BUFFER = 1 << 16;

  private final boolean wide;
  private final JudgeOptions options;
  private final List<Path> paths = new ArrayList<>();
  private final List<DataOutputStream> outputs = new ArrayList<>();
  private final long[] sizes = new long[FILES];

  KeySpill(Path folder, boolean wide, JudgeOptions options) {
    this.wide = wide;
    this.options = options;
    try {
      for (int file = 0; file < FILES; file++) {
        Path path = Files.createTempFile(folder, "qilin-keys-", ".tmp");
        paths.add(path);
        outputs.add(
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER)));
      }
    } catch (IOException e) {
      close();
      throw failure(e);
    }
  }

  long size() {
    long size = 0;
    for (long part : sizes) {
      size += part;
    }
    return size;
  }

  void add(KeySegment segment, IntUnaryOperator parts) {
    try {
      for (long at = 0; at < segment.size(); at++) {
        if (KeySegment.inChunk(at) == 0) {
          options.requireGoingOn();
        }
        int file = (int) Hashes.key(segment.high(at), segment.low(at)) & FILES - 1;
        DataOutputStream out = outputs.get(file);
        if (wide) {
          out.writeLong(segment.high(at));
        }
        out.writeLong(segment.low(at));
        out.writeInt(parts.applyAsInt(segment.part(at)));
        out.writeLong(segment.row(at));
        sizes[file]++;
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The keys of one file. */
  KeySegment read(int file) {
    KeySegment segment = new KeySegment(wide);
    long[] high = new long[1];
    long[] low = new long[1];
    try {
      outputs.get(file).flush();
      try (DataInputStream in = new DataInputStream(
          new BufferedInputStream(Files.newInputStream(paths.get(file)), BUFFER))) {
        for (long i = 0; i < sizes[file]; i++) {
          if (KeySegment.inChunk(i) == 0) {
            options.requireGoingOn();
          }
          high[0] = wide ? in.readLong() : 0;
          low[0] = in.readLong();
          segment.at(in.readInt(), in.readLong());
          segment.add(high, low, 0, 1);
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return segment;
  }

  private static QilinException failure(IOException e) {
    return new QilinException(
        ErrorCode.IO,
        "the keys of a table cannot be kept in the folder for files that was given: "
            + QilinException.quote(String.valueOf(e.getMessage())),
        e);
  }

  @Override
  public void close() {
    IOException first = null;
    for (DataOutputStream output : outputs) {
      try {
        output.close();
      } catch (IOException e) {
        first = e;
      }
    }
    for (Path path : paths) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        first = e;
      }
    }
    outputs.clear();
    paths.clear();
    if (first != null) {
      throw failure(first);
    }
  }
}

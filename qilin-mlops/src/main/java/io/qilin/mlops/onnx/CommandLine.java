package io.qilin.mlops.onnx;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime 1.29 ends the whole process with a segmentation fault when it starts in one whose command line has more than 3,977
 * bytes (measured on Linux), as a JVM with a long class path has. So it is not started there.
 */
final class CommandLine {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLine.class);
  private static final Path OWN = Path.of("/proc/self/cmdline");
  /** A little less than what was seen to work. */
  private static final int MOST_BYTES = 3_900;

  private CommandLine() {}

  /**
   * Requires that ONNX Runtime can be started here.
   *
   * @throws QilinException UNSUPPORTED if the command line is too long
   */
  static void requireShort() {
    if (!Files.isReadable(OWN)) {
      return;
    }
    try {
      requireShort(Files.readAllBytes(OWN).length);
    } catch (IOException e) {
      LOG.warn("the length of the command line cannot be read; ONNX Runtime is started anyway", e);
    }
  }

  static void requireShort(int bytes) {
    if (bytes > MOST_BYTES) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "the command line of this process has " + bytes + " bytes, and ONNX Runtime crashes where"
              + " it has more than about " + MOST_BYTES + "; give the class path in the variable"
              + " CLASSPATH or in a file, java @arguments");
    }
  }
}

package io.qilin.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.BufferAllocator;

/** The flag that Arrow Java needs, looked at before any of Arrow's code runs and fails in a way that names nothing. */
final class ArrowFlags {
  private ArrowFlags() {}

  static void require() {
    Module arrow = BufferAllocator.class.getModule();
    if (!ByteBuffer.class.getModule().isOpen("java.nio", arrow)) {
      String reader = arrow.isNamed() ? arrow.getName() : "ALL-UNNAMED";
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "Arrow Java reaches into java.nio, which this JVM does not allow; start it with"
              + " --add-opens=java.base/java.nio=" + reader
              + ", or use io.qilin.data.arrow, which reads and writes Arrow files without it");
    }
  }
}

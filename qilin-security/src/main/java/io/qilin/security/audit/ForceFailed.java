package io.qilin.security.audit;

import java.io.IOException;

/** Writing through to the disk failed, after which nobody knows what the disk holds. Caught inside this package. */
final class ForceFailed extends IOException {
  private static final long serialVersionUID = 1L;

  ForceFailed(IOException cause) {
    super("writing through to the disk failed", cause);
  }
}

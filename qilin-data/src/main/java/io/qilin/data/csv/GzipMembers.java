package io.qilin.data.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses all members of a gzip file. The JDK takes whatever follows a member and is no other
 * member for the end, so rows behind a damaged header would be lost without a word; here only
 * padding by zeros may follow.
 */
final class GzipMembers extends GZIPInputStream {
  private static final int TRAILER = 8;

  private boolean ended;

  GzipMembers(InputStream in, int size) throws IOException {
    super(in, size);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n < 0 && !ended) {
      ended = true;
      checkRest();
    }
    return n;
  }

  private void checkRest() throws IOException {
    for (int i = len - inf.getRemaining() + TRAILER; i < len; i++) {
      checkPadding(buf[i]);
    }
    for (int b = in.read(); b >= 0; b = in.read()) {
      checkPadding(b);
    }
  }

  private static void checkPadding(int value) throws ZipException {
    if (value != 0) {
      throw new ZipException("data that is no gzip member follows the last member");
    }
  }
}

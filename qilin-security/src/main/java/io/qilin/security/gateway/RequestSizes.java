package io.qilin.security.gateway;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/**
 * The longest request that is looked at.
 *
 * @param bodyBytes of the body
 * @param headerChars of method, target and all headers together
 * @param headers how many headers
 */
public record RequestSizes(int bodyBytes, int headerChars, int headers) {
  /** 1 MiB, 8,192 characters, 100 headers. */
  public static final RequestSizes DEFAULT = new RequestSizes(1 << 20, 8192, 100);

  /**
   * Checks the bounds.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is negative
   */
  public RequestSizes {
    if (bodyBytes < 0 || headerChars < 0 || headers < 0) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "sizes of requests are not negative, were " + bodyBytes + ", " + headerChars + " and "
              + headers);
    }
  }
}

package io.qilin.security.screening;

import io.qilin.api.error.QilinException;

/**
 * How much of a request is read; checked before anything else.
 *
 * @param bodyBytes bytes of a body
 * @param headerBytes bytes of all header names and values together
 * @param targetChars characters of the request target
 * @param parameters parameters of query, form and cookies, and members of a JSON body's largest object, each
 * @param depth nesting of JSON and XML
 * @param values values of a JSON body, and tags of an XML body
 * @param textChars characters of one text given to {@link RequestScreener#screenText}
 */
public record ScreeningLimits(
    int bodyBytes,
    int headerBytes,
    int targetChars,
    int parameters,
    int depth,
    int values,
    int textChars) {
  /** 1 MiB of body, 8 KiB of headers and of target, 100 parameters, depth 32, 100 000 values, 1 Mi characters of text. */
  public static final ScreeningLimits DEFAULT =
      new ScreeningLimits(1 << 20, 8 << 10, 8 << 10, 100, 32, 100_000, 1 << 20);

  /** Checks that every limit is positive, and depth at most 1000. */
  public ScreeningLimits {
    if (bodyBytes < 1
        || headerBytes < 1
        || targetChars < 1
        || parameters < 1
        || depth < 1
        || values < 1
        || textChars < 1) {
      throw QilinException.invalid("every limit of screening must be positive");
    }
    if (depth > 1000) {
      throw QilinException.invalid("depth must be at most 1000, was " + depth);
    }
  }

  /** The same with another size of body in bytes. */
  public ScreeningLimits withBodyBytes(int bytes) {
    return new ScreeningLimits(
        bytes, headerBytes, targetChars, parameters, depth, values, textChars);
  }

  /** The same with another number of parameters. */
  public ScreeningLimits withParameters(int count) {
    return new ScreeningLimits(
        bodyBytes, headerBytes, targetChars, count, depth, values, textChars);
  }

  /** The same with another depth. */
  public ScreeningLimits withDepth(int levels) {
    return new ScreeningLimits(
        bodyBytes, headerBytes, targetChars, parameters, levels, values, textChars);
  }

  /** The same with another size of all headers in bytes. */
  public ScreeningLimits withHeaderBytes(int bytes) {
    return new ScreeningLimits(bodyBytes, bytes, targetChars, parameters, depth, values, textChars);
  }
}

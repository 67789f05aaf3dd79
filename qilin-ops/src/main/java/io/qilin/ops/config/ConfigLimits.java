package io.qilin.ops.config;

import io.qilin.api.error.QilinException;

/**
 * How much a configuration may hold; what goes beyond is refused. Immutable.
 *
 * @param fileBytes of one file; 1 MiB unless set
 * @param depth of maps and lists in each other; 32 unless set
 * @param entries of all maps and lists of all layers together; 10,000 unless set
 * @param valueChars of one value; 65,536 unless set
 * @param nameChars of one key; 256 unless set
 */
public record ConfigLimits(int fileBytes, int depth, int entries, int valueChars, int nameChars) {
  /** The limits unless others are set. */
  public static final ConfigLimits DEFAULT = new ConfigLimits(1 << 20, 32, 10_000, 1 << 16, 256);

  /** The deepest nesting that may be set. */
  private static final int DEEPEST = 256;

  /** Checks: all positive, depth at most 256. */
  public ConfigLimits {
    positive(fileBytes, "fileBytes");
    positive(depth, "depth");
    positive(entries, "entries");
    positive(valueChars, "valueChars");
    positive(nameChars, "nameChars");
    if (depth > DEEPEST) {
      throw QilinException.invalid("depth must be at most " + DEEPEST + ", was " + depth);
    }
  }

  private static void positive(int limit, String name) {
    if (limit < 1) {
      throw QilinException.invalid(name + " must be positive, was " + limit);
    }
  }

  /** The same with another size of a file, in bytes. */
  public ConfigLimits withFileBytes(int bytes) {
    return new ConfigLimits(bytes, depth, entries, valueChars, nameChars);
  }

  /** The same with another depth. */
  public ConfigLimits withDepth(int levels) {
    return new ConfigLimits(fileBytes, levels, entries, valueChars, nameChars);
  }

  /** The same with another number of entries. */
  public ConfigLimits withEntries(int count) {
    return new ConfigLimits(fileBytes, depth, count, valueChars, nameChars);
  }

  /** The same with another length of a value. */
  public ConfigLimits withValueChars(int chars) {
    return new ConfigLimits(fileBytes, depth, entries, chars, nameChars);
  }

  /** The same with another length of a key. */
  public ConfigLimits withNameChars(int chars) {
    return new ConfigLimits(fileBytes, depth, entries, valueChars, chars);
  }
}

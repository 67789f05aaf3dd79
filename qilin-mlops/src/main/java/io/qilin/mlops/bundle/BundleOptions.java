package io.qilin.mlops.bundle;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.training.ModelFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How bundles are opened.
 *
 * @param formats the kinds of models that may be in one, at least one, no kind twice
 * @param maxBytes the most bytes of all files together, unpacked, at most 1 GiB; 320 MiB unless set
 * @param id the id that the bundle must have, as a registry recorded it; any unless set. Hashes find damage, only a known id
 *     finds another bundle in its place
 */
public record BundleOptions(List<ModelFormat> formats, long maxBytes, Optional<String> id) {
  private static final long DEFAULT_BYTES = 320L << 20;

  /**
   * Checks the options and copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public BundleOptions {
    formats = List.copyOf(formats);
    Objects.requireNonNull(id, "id");
    Set<String> kinds = new HashSet<>();
    for (ModelFormat format : formats) {
      if (!kinds.add(format.kind())) {
        throw QilinException.invalid("two formats are named " + format.kind());
      }
    }
    if (formats.isEmpty() || maxBytes < 1 || maxBytes > 1L << 30) {
      throw QilinException.invalid(
          "a bundle has one of at least one format and 1 byte to 1 GiB, not " + formats.size()
              + " and " + maxBytes);
    }
  }

  /** Options for bundles with models of these formats, with no id expected. */
  public static BundleOptions of(List<ModelFormat> formats) {
    return new BundleOptions(formats, DEFAULT_BYTES, Optional.empty());
  }

  /** The same for the bundle of that id only. */
  public BundleOptions withId(String expected) {
    return new BundleOptions(formats, maxBytes, Optional.of(expected));
  }

  /** The same with another limit of bytes. */
  public BundleOptions withMaxBytes(long bytes) {
    return new BundleOptions(formats, bytes, id);
  }

  /** The format of a kind, if it is there. */
  Optional<ModelFormat> format(String kind) {
    return formats.stream().filter(format -> format.kind().equals(kind)).findFirst();
  }
}

package io.qilin.data.qlib;

import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the files of a store are called in messages: by their way from the store's folder. */
final class StorePlaces {
  private StorePlaces() {}

  /** The place of a file or folder. */
  static Place of(Path root, Path file) {
    StringBuilder name = new StringBuilder(Place.name(root));
    for (Path part : root.relativize(file)) {
      name.append('/').append(Place.name(part));
    }
    return Place.of(root).named(name.toString());
  }

  /** The error for a symbolic link within a store. */
  static QilinException link(Place place) {
    return place.malformed("this is a symbolic link; a store is read without following links, so"
        + " that nothing outside of it is read; put the files themselves there");
  }

  /** Refuses a symbolic link. */
  static void refuseLink(Path root, Path file) {
    if (Files.isSymbolicLink(file)) {
      throw link(of(root, file));
    }
  }
}

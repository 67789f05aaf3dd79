package io.qilin.data.qlib;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.TextLines;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a store says of itself in the file {@code qilin.txt}, which Qlib does not look at: how prices are adjusted and
 * volume is counted.
 */
record StoreNote(Optional<Adjustment> adjustment, Optional<QlibVolume> volume) {
  private static final String FILE = "qilin.txt";
  private static final String ADJUSTMENT = "adjustment=";
  private static final String VOLUME = "volume=";

  /** The note of a store; of one without a note, that nothing is known. */
  static StoreNote read(Path root) {
    Path file = root.resolve(FILE);
    StorePlaces.refuseLink(root, file);
    StoreNote note = new StoreNote(Optional.empty(), Optional.empty());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return note;
    }
    Place place = StorePlaces.of(root, file);
    int number = 0;
    for (String line : TextLines.read(file, place)) {
      number++;
      if (line.startsWith(ADJUSTMENT)) {
        note = new StoreNote(
            Optional.of(constant(
                line.substring(ADJUSTMENT.length()), Adjustment.values(), place.line(number))),
            note.volume);
      } else if (line.startsWith(VOLUME)) {
        note = new StoreNote(
            note.adjustment,
            Optional.of(constant(
                line.substring(VOLUME.length()), QlibVolume.values(), place.line(number))));
      } else {
        throw place
            .line(number)
            .malformed("the line should begin with " + ADJUSTMENT + " or " + VOLUME + ", was "
                + QilinException.quote(line) + "; mend the file or remove it");
      }
    }
    return note;
  }

  /** The text of the note. */
  String text() {
    return adjustment.map(known -> ADJUSTMENT + known + "\n").orElse("")
        + volume.map(known -> VOLUME + known + "\n").orElse("");
  }

  /** Where the note of a store lies. */
  static Path file(Path root) {
    return root.resolve(FILE);
  }

  private static <E extends Enum<E>> E constant(String text, E[] values, Place place) {
    for (E value : values) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw place.malformed(QilinException.quote(text) + " is not one of "
        + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", ")));
  }
}

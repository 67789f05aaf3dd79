package io.qilin.agents.analyst;

import io.qilin.api.analysis.Opinion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * English and Chinese names, for printing, of the built-in analysts, their components and flags, and
 * of outcomes. What is not known, as that of a plug-in, is called by its own name in both languages.
 * Immutable; safe to share.
 */
public final class Labels {
  private static final String FILE = "labels.tsv";
  private static final Map<String, Label> TABLE = read();

  private Labels() {}

  private static Map<String, Label> read() {
    Map<String, Label> table = new HashMap<>();
    try (InputStream file = Objects.requireNonNull(Labels.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split("\t", -1);
          table.put(cells[0], new Label(cells[1], cells[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the labels of this library cannot be read: " + FILE, e);
    }
    return Map.copyOf(table);
  }

  /** The name of an analyst, by its id. */
  public static Label analyst(String id) {
    return find(id).orElseGet(() -> new Label(id, id));
  }

  /** The name of a component of an analyst's score. */
  public static Label component(String analyst, String component) {
    return find(analyst + "/" + component).orElseGet(() -> new Label(component, component));
  }

  /**
   * The name of a flag; of one that ends in a number, such as {@code STREAK_3}, with that number
   * before it.
   */
  public static Label flag(String flag) {
    Optional<Label> whole = find(flag);
    if (whole.isPresent()) {
      return whole.get();
    }
    int number = flag.lastIndexOf('_') + 1;
    return find(flag.substring(0, number))
        .map(label -> new Label(
            flag.substring(number) + " " + label.english(),
            flag.substring(number) + label.chinese()))
        .orElseGet(() -> new Label(flag, flag));
  }

  /** Whether an opinion is a score or an abstention. */
  public static Label outcome(Opinion opinion) {
    return opinion.fold(scored -> analyst("scored"), abstained -> analyst("abstained"));
  }

  private static Optional<Label> find(String key) {
    return Optional.ofNullable(TABLE.get(key));
  }
}

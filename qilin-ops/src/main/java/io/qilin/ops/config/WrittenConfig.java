package io.qilin.ops.config;

import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Node.Row;
import io.qilin.ops.config.Node.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration as it is written in files, before any record is known: each value with its path and its place. For tools that
 * check or change files; a host reads by {@link ConfigLoader}. Immutable.
 */
public final class WrittenConfig {
  private final List<WrittenValue> values;

  private WrittenConfig(Section all) {
    List<WrittenValue> found = new ArrayList<>();
    add(ConfigPath.ROOT, all, found);
    this.values = List.copyOf(found);
  }

  /**
   * The values of one file.
   *
   * @param file whose name says the format; it is not read
   * @param bytes what it holds
   * @throws io.qilin.api.error.QilinException INVALID_CONFIGURATION with all that is wrong with its form
   */
  public static WrittenConfig parse(Path file, byte[] bytes, ConfigLimits limits) {
    Reading reading = new Reading(limits);
    reading.tried(() -> reading.add(file, bytes));
    return reading.done();
  }

  /**
   * The values of files that are laid over each other as {@link ConfigLoader} does it.
   *
   * @param files which must be there; a later one wins
   * @param profiles each file is followed by its variants for these, where they exist
   * @throws io.qilin.api.error.QilinException INVALID_CONFIGURATION with all that is wrong with their form
   */
  public static WrittenConfig read(List<Path> files, List<String> profiles, ConfigLimits limits) {
    Reading reading = new Reading(limits);
    for (Path file : files) {
      reading.read(file);
      for (String profile : profiles) {
        Path variant = Loading.variant(file, profile);
        if (Files.exists(variant)) {
          reading.read(variant);
        }
      }
    }
    return reading.done();
  }

  /** All values; in one file of YAML or JSON in the order in which they stand. */
  public List<WrittenValue> values() {
    return values;
  }

  private static void add(ConfigPath path, Node node, List<WrittenValue> found) {
    if (node instanceof Section section) {
      section.parts().forEach((name, part) -> add(path.name(name), part, found));
    } else if (node instanceof Row row) {
      for (int i = 0; i < row.parts().size(); i++) {
        add(path.index(i), row.parts().get(i), found);
      }
    } else if (node instanceof Leaf leaf) {
      String place = leaf.origin().place();
      found.add(new WrittenValue(path.toString(), leaf.text(), place, line(place)));
    }
  }

  /** The line of {@code FILE:LINE:COLUMN}. */
  private static int line(String place) {
    int column = place.lastIndexOf(':');
    return Integer.parseInt(place.substring(place.lastIndexOf(':', column - 1) + 1, column));
  }

  /** The number of values. */
  @Override
  public String toString() {
    return "WrittenConfig[" + values.size() + " values]";
  }

  /** Files on their way to being one map. */
  private static final class Reading {
    private final Problems problems = new Problems();
    private final Allowance allowance;
    private final ConfigFiles files;
    private Section all = Section.at(new Origin("configuration", Optional.empty()));

    Reading(ConfigLimits limits) {
      this.allowance = new Allowance(limits);
      this.files = new ConfigFiles(limits);
    }

    void read(Path file) {
      tried(() -> add(file, files.read(file)));
    }

    void add(Path file, byte[] bytes) {
      FormatReader format = FormatReader.of(String.valueOf(file.getFileName()))
          .orElseThrow(() -> new Malformed(
              new Origin(file.toString(), Optional.empty()),
              "a configuration's file ends in .yaml, .yml, .json or .properties"));
      all = all.under(format.read(SourceText.of(file, bytes), allowance, problems));
    }

    void tried(Runnable read) {
      try {
        read.run();
      } catch (Malformed e) {
        problems.add(e.origin(), e.what());
      }
    }

    WrittenConfig done() {
      if (problems.any()) {
        throw problems.refusal();
      }
      return new WrittenConfig(all);
    }
  }
}

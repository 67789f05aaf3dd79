package io.qilin.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the vectors of C2SP/wycheproof in the shared folder, and judges a verifier by them after the listed overrides. */
public final class Wycheproof {
  private static final StrictJson JSON = StrictJson.limited(8 << 20, 64);

  private Wycheproof() {}

  /** One vector with the values of its group. */
  public record Vector(Map<String, Object> group, Map<String, Object> test, String expected) {
    public byte[] hex(String name) {
      return HexFormat.of().parseHex((String) test.get(name));
    }

    public int number(String name) {
      return ((BigDecimal) test.get(name)).intValueExact();
    }

    public int groupNumber(String name) {
      return ((BigDecimal) group.get(name)).intValueExact();
    }
  }

  /** Whether the verifier accepts a vector, with the right value where there is one; a refusal is false. */
  @FunctionalInterface
  public interface Verifier {
    boolean accepts(Vector vector);
  }

  /** Runs all vectors of a file; prints one line; fails if one is judged otherwise than expected. */
  public static void judge(String file, Verifier verifier) {
    int valid = 0;
    int invalid = 0;
    int either = 0;
    List<String> deviations = new ArrayList<>();
    for (Vector vector : vectors(file)) {
      boolean accepted = verifier.accepts(vector);
      switch (vector.expected()) {
        case "valid" -> valid++;
        case "invalid" -> invalid++;
        default -> either++;
      }
      boolean right = switch (vector.expected()) {
        case "valid" -> accepted;
        case "invalid" -> !accepted;
        default -> true;
      };
      if (!right) {
        deviations.add(vector.test().get("tcId") + " " + vector.test().get("comment") + " expected "
            + vector.expected());
      }
    }
    System.out.println(String.format(
        Locale.ROOT,
        "wycheproof %-32s valid %3d invalid %3d either %2d deviations %d",
        file,
        valid,
        invalid,
        either,
        deviations.size()));
    assertThat(valid + invalid).isPositive();
    assertThat(deviations).isEmpty();
  }

  /** The vectors of a file, for example {@code aes_gcm}; aborts the test if the shared folder is absent. */
  public static List<Vector> vectors(String file) {
    Path folder = SharedFiles.corpus("wycheproof");
    Map<String, String> overrides = overrides(folder, file);
    List<Vector> vectors = new ArrayList<>();
    Map<String, Object> document = map(read(folder.resolve(file + "_test.json")));
    for (Object group : (List<?>) document.get("testGroups")) {
      for (Object test : (List<?>) map(group).get("tests")) {
        Map<String, Object> values = map(test);
        String expected =
            overrides.getOrDefault(values.get("tcId").toString(), (String) values.get("result"));
        vectors.add(new Vector(map(group), values, expected));
      }
    }
    return vectors;
  }

  private static Map<String, String> overrides(Path folder, String file) {
    Map<String, String> overrides = new HashMap<>();
    for (Object item : (List<?>) read(folder.resolve("overrides.json"))) {
      Map<String, Object> override = map(item);
      if (file.equals(override.get("file"))) {
        overrides.put(override.get("tcId").toString(), (String) override.get("use"));
      }
    }
    return overrides;
  }

  private static Object read(Path file) {
    try {
      return JSON.parse(Files.readAllBytes(file), file.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}

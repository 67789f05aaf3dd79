package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCapability;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes settings by name, each once; {@link #done} refuses what is left. */
final class SettingReader {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Map<String, String> left;
  private final Set<String> known = new TreeSet<>();

  SettingReader(Map<String, String> settings) {
    this.left = new TreeMap<>(settings);
  }

  static QilinException wrong(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  Optional<String> text(String name) {
    known.add(name);
    Optional<String> value = Optional.ofNullable(left.remove(name));
    if (value.isPresent() && value.get().isBlank()) {
      throw wrong("the setting " + name + " is empty: give a value or leave it away");
    }
    return value;
  }

  /** Whether it is the first of two words. */
  Optional<Boolean> choice(String name, String first, String second) {
    return text(name).map(value -> {
      if (!value.equals(first) && !value.equals(second)) {
        throw wrong(name, value, first + " or " + second);
      }
      return value.equals(first);
    });
  }

  Optional<Integer> count(String name, int most) {
    return text(name).map(value -> {
      boolean digits = value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
      int count = digits ? Integer.parseInt(value) : 0;
      if (count < 1 || count > most) {
        throw wrong(name, value, "a whole number from 1 to " + most);
      }
      return count;
    });
  }

  Optional<Duration> time(String name) {
    return text(name).map(value -> {
      try {
        Duration time = Duration.parse(value);
        if (!time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0) {
          return time;
        }
      } catch (DateTimeException e) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the setting " + name + " is a duration like PT5S, was " + QilinException.quote(value),
            e);
      }
      throw wrong(name, value, "a duration above zero, at most " + LONGEST);
    });
  }

  Optional<LocalDate> day(String name) {
    return text(name).map(value -> {
      try {
        return LocalDate.parse(value);
      } catch (DateTimeException e) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the setting " + name + " is a day like 2024-09-30, was " + QilinException.quote(value),
            e);
      }
    });
  }

  Optional<Set<LlmCapability>> capabilities(String name) {
    return text(name).map(value -> {
      Set<LlmCapability> all = EnumSet.noneOf(LlmCapability.class);
      for (String word : value.split(",", -1)) {
        all.add(Arrays.stream(LlmCapability.values())
            .filter(one -> word(one).equals(word.strip()))
            .findFirst()
            .orElseThrow(() -> wrong(
                name,
                word,
                "of "
                    + Arrays.stream(LlmCapability.values())
                        .map(SettingReader::word)
                        .toList())));
      }
      return all;
    });
  }

  private static String word(LlmCapability capability) {
    return capability.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void done() {
    if (!left.isEmpty()) {
      throw wrong("no setting " + QilinException.quote(left.keySet().iterator().next())
          + "; there are " + String.join(", ", known));
    }
  }

  private static QilinException wrong(String name, String value, String accepted) {
    return wrong(
        "the setting " + name + " is " + accepted + ", was " + QilinException.quote(value));
  }
}

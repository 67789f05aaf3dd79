package io.qilin.kafka;

import io.qilin.api.error.QilinException;
import java.util.regex.Pattern;

/** Names that a host gives to topics, groups and writers. */
final class KafkaNames {
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final Pattern OTHER = Pattern.compile("[\\x21-\\x7e]{1,249}");

  private KafkaNames() {}

  static String topic(String name) {
    if (!TOPIC.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw QilinException.invalid(
          "the name of a topic has 1 to 249 letters, digits, dots, hyphens and underscores, was "
              + QilinException.quote(name));
    }
    return name;
  }

  static String group(String name) {
    return visible("group", name);
  }

  static String writer(String name) {
    return visible("writer", name);
  }

  private static String visible(String what, String name) {
    if (!OTHER.matcher(name).matches()) {
      throw QilinException.invalid("the name of a " + what
          + " has 1 to 249 visible ASCII characters, was " + QilinException.quote(name));
    }
    return name;
  }
}

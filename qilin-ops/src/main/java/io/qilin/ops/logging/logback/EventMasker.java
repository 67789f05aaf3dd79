package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogMasker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Masks what an event says: message, values of fields and pairs, messages of exceptions. A field whose name is that of a credential
 * is hidden whole. Where the masker fails, the event is written without any text of its own.
 */
final class EventMasker {
  /** What stands in place of a text that could not be masked. */
  static final String WITHHELD = "(withheld: the masker of the log failed)";

  private EventMasker() {}

  static HeldEvent mask(HeldEvent event, LogMasker masker) {
    if (event.parts().masked()) {
      return event;
    }
    try {
      return event.with(masked(event.parts(), masker));
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      // What the masker threw may hold the text, so it is not passed on; the line itself says that
      // it failed.
      return withhold(event);
    }
  }

  /** The event without any text of its own. */
  static HeldEvent withhold(HeldEvent event) {
    return event.with(withheld(event.parts()));
  }

  private static EventParts masked(EventParts parts, LogMasker masker) {
    return new EventParts(
        masked(parts.message(), masker),
        parts.messageWas(),
        fields(parts.fields(), masker),
        parts.fieldsWere(),
        pairs(parts.pairs(), masker),
        parts.pairsWere(),
        parts.thrown() == null ? null : parts.thrown().masked(text -> masked(text, masker)),
        true);
  }

  /** A text masked, of which no more was looked at than is held. */
  private static String masked(String text, LogMasker masker) {
    if (text.isEmpty()) {
      return text;
    }
    String held = HeldText.cut(text);
    String masked = masker.mask(held);
    return held.length() > HeldText.SHOWN ? HeldText.trimmed(masked) : masked;
  }

  private static Map<String, String> fields(Map<String, String> fields, LogMasker masker) {
    if (fields.isEmpty()) {
      return fields;
    }
    Map<String, String> masked = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = String.valueOf(field.getValue());
      masked.put(
          HeldText.cut(String.valueOf(field.getKey())),
          LogMasker.hidesField(String.valueOf(field.getKey()))
              ? LogMasker.HIDDEN
              : masked(value, masker));
    }
    return masked;
  }

  private static List<KeyValuePair> pairs(List<KeyValuePair> pairs, LogMasker masker) {
    if (pairs.isEmpty()) {
      return pairs;
    }
    List<KeyValuePair> masked = new ArrayList<>(pairs.size());
    for (KeyValuePair pair : pairs) {
      String value = String.valueOf(pair.value);
      masked.add(new KeyValuePair(
          pair.key, LogMasker.hidesField(pair.key) ? LogMasker.HIDDEN : masked(value, masker)));
    }
    return masked;
  }

  private static EventParts withheld(EventParts parts) {
    return new EventParts(
        WITHHELD,
        parts.messageWas(),
        fields(parts.fields(), text -> WITHHELD),
        parts.fieldsWere(),
        List.of(),
        parts.pairsWere().cutIf(!parts.pairs().isEmpty()),
        parts.thrown() == null ? null : parts.thrown().masked(text -> WITHHELD),
        true);
  }
}

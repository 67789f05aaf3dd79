package io.qilin.security.pii;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of personal data, by kind and by field. A rule for a field goes before a rule for a kind; without either, personal
 * data is masked. Immutable.
 */
public final class PiiPolicy {
  private final Map<PiiType, PiiAction> types;
  private final Map<String, PiiAction> pointers;
  private final Map<String, PiiAction> names;

  private PiiPolicy(Builder builder) {
    this.types = Collections.unmodifiableMap(new EnumMap<>(builder.types));
    this.pointers = Map.copyOf(builder.pointers);
    this.names = Map.copyOf(builder.names);
  }

  /** Everything is masked. */
  public static PiiPolicy masking() {
    return builder().build();
  }

  /** A policy to be set. */
  public static Builder builder() {
    return new Builder();
  }

  /** What becomes of a finding of a kind; MASK unless set. */
  public PiiAction action(PiiType type) {
    return types.getOrDefault(type, PiiAction.MASK);
  }

  /**
   * What becomes of the whole value of a field, whatever is found in it.
   *
   * @param pointer a JSON pointer (RFC 6901), for example {@code /users/0/phone}
   * @return empty if no rule names the field
   */
  public Optional<PiiAction> fieldAction(String pointer) {
    if (pointers.isEmpty() && names.isEmpty()) {
      return Optional.empty();
    }
    PiiAction exact = pointers.get(pointer);
    if (exact != null) {
      return Optional.of(exact);
    }
    PiiAction any = pointers.get(withoutIndices(pointer));
    if (any != null) {
      return Optional.of(any);
    }
    return Optional.ofNullable(names.get(bare(lastName(pointer))));
  }

  /** The actions that the policy can ask for. */
  Set<PiiAction> actions() {
    Set<PiiAction> actions = EnumSet.of(PiiAction.MASK);
    actions.addAll(types.values());
    actions.addAll(pointers.values());
    actions.addAll(names.values());
    return actions;
  }

  private static String withoutIndices(String pointer) {
    return String.join(
        "/",
        Arrays.stream(pointer.split("/", -1))
            .map(part -> part.matches("[0-9]+") ? "*" : part)
            .toList());
  }

  /** The last part that is a name and not a place in a list. */
  private static String lastName(String pointer) {
    String[] parts = pointer.split("/", -1);
    for (int i = parts.length - 1; i > 0; i--) {
      if (!parts[i].matches("[0-9]+")) {
        return parts[i].replace("~1", "/").replace("~0", "~");
      }
    }
    return "";
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Sets a policy. */
  public static final class Builder {
    private final Map<PiiType, PiiAction> types = new EnumMap<>(PiiType.class);
    private final Map<String, PiiAction> pointers = new HashMap<>();
    private final Map<String, PiiAction> names = new HashMap<>();

    private Builder() {}

    /** What becomes of a finding of this kind. */
    public Builder type(PiiType type, PiiAction action) {
      types.put(type, action);
      return this;
    }

    /**
     * What becomes of the whole value of a field, be it a text, a number, a list or an object.
     *
     * @param field a JSON pointer if it begins with {@code /}, in which {@code *} stands for any place in a list, such as
     *     {@code /users/*}{@code /phone}; otherwise a name that counts at any depth, without regard to case, {@code _} and
     *     {@code -}
     */
    public Builder field(String field, PiiAction action) {
      if (field.startsWith("/")) {
        pointers.put(field, action);
      } else {
        names.put(bare(field), action);
      }
      return this;
    }

    /** The policy. */
    public PiiPolicy build() {
      return new PiiPolicy(this);
    }
  }
}

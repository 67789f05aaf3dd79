package io.qilin.security.access;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * What a role or a rule is about: {@code action:resource}. The action is a name or {@code *}, any one. The resource is segments
 * between slashes; a segment {@code *} is any one segment, and {@code **} at the end is whatever follows, nothing included: {@code
 * read:market/**} covers {@code read} of {@code market} and of all below it. No other place has a wildcard. Immutable.
 */
public final class Permission {
  private static final String ANY = "*";
  private static final String REST = "**";

  private final String text;
  private final String action;
  private final List<String> segments;
  private final boolean open;

  private Permission(String text, String action, List<String> segments, boolean open) {
    this.text = text;
    this.action = action;
    this.segments = segments;
    this.open = open;
  }

  /**
   * Reads the form that {@link #toString} prints.
   *
   * @throws QilinException INPUT_REJECTED if it is not {@code action:resource} with plain names and wildcards as described
   */
  public static Permission parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED,
          "the permission " + QilinException.quote(text)
              + " is refused: it has no colon; write action:resource");
    }
    String action = text.substring(0, colon);
    List<String> all = List.of(PlainName.segments(text.substring(colon + 1)));
    boolean open = all.get(all.size() - 1).equals(REST);
    List<String> fixed = open ? all.subList(0, all.size() - 1) : all;
    if (!action.equals(ANY)) {
      PlainName.action(action);
    }
    for (String segment : fixed) {
      if (!segment.equals(ANY)) {
        PlainName.segment(segment, "a segment of the permission");
      }
    }
    return new Permission(text, action, List.copyOf(fixed), open);
  }

  /** Whether it is about this action on this resource. */
  public boolean covers(String askedAction, String resource) {
    if (!action.equals(ANY) && !action.equals(askedAction)) {
      return false;
    }
    String[] asked = PlainName.segments(resource);
    boolean fits = open ? asked.length >= segments.size() : asked.length == segments.size();
    for (int i = 0; fits && i < segments.size(); i++) {
      fits = segments.get(i).equals(ANY) || segments.get(i).equals(asked[i]);
    }
    return fits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Permission that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** For example {@code read:market/**}. */
  @Override
  public String toString() {
    return text;
  }
}

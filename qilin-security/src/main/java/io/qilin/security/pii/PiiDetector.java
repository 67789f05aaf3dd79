package io.qilin.security.pii;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Finds personal data in text: what {@link PiiType} lists, plain, with spaces and dashes, in full-width digits, and with invisible
 * characters between.
 *
 * <p>Check digits, real dates, known prefixes and lengths decide; the words around a number decide where its form does not: an
 * eleven-digit turnover in yuan has the form of a mobile number. A number is never found inside a longer run of digits, and a
 * finding never inside another. Time is linear in the length of the text. Immutable and safe to share between threads.
 */
public final class PiiDetector {
  private final Set<PiiType> types;
  private final NameDictionary names;

  private PiiDetector(Builder builder) {
    this.types = EnumSet.copyOf(builder.types);
    this.names = NameDictionary.of(builder.names);
    if (!builder.names.isEmpty()) {
      types.add(PiiType.NAME);
    }
  }

  /** A detector of the standard types. */
  public static PiiDetector standard() {
    return builder().build();
  }

  /** A detector to be set. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The personal data in a text, in its order; no two overlap.
   *
   * @param text any text, of any length
   */
  public List<PiiFinding> find(String text) {
    return find(text, 0, text.length());
  }

  /** As {@link #find(String)}, but looks only from {@code from} on and stops soon after {@code limit}. */
  List<PiiFinding> find(String text, int from, int limit) {
    PlainText plain = PlainText.of(text);
    Scan scan = new Scan(plain.chars, plain.length, types);
    scan.run(plain.index(from), plain.index(limit));
    List<PiiFinding> findings = new ArrayList<>(scan.size());
    for (int i = 0; i < scan.size(); i++) {
      findings.add(finding(plain, scan.start(i), scan.end(i), scan.type(i)));
    }
    if (types.contains(PiiType.NAME)
        || types.contains(PiiType.URL)
        || types.contains(PiiType.DATE)) {
      return withOptional(plain, findings, from, limit);
    }
    return findings;
  }

  private List<PiiFinding> withOptional(
      PlainText plain, List<PiiFinding> findings, int from, int limit) {
    List<PiiFinding> more = new ArrayList<>();
    OptionalPatterns.find(
        plain,
        types,
        names,
        plain.index(from),
        plain.index(limit),
        (start, end, type) -> more.add(finding(plain, start, end, type)));
    more.sort(Comparator.comparingInt(PiiFinding::start).thenComparing(PiiFinding::type));
    List<PiiFinding> all = new ArrayList<>(findings);
    int next = 0;
    int taken = 0;
    for (PiiFinding one : more) {
      while (next < findings.size() && findings.get(next).end() <= one.start()) {
        next++;
      }
      boolean covered = next < findings.size() && findings.get(next).start() < one.end();
      if (!covered && one.start() >= taken) {
        all.add(one);
        taken = one.end();
      }
    }
    all.sort(Comparator.comparingInt(PiiFinding::start));
    return all;
  }

  private static PiiFinding finding(PlainText plain, int start, int end, PiiType type) {
    int from = plain.place(start);
    int to = plain.endPlace(end);
    return new PiiFinding(from, to, type, plain.form(from, to, type));
  }

  /** Sets a detector. */
  public static final class Builder {
    private Set<PiiType> types = PiiType.standard();
    private Set<String> names = Set.of();

    private Builder() {}

    /**
     * What to look for; {@link PiiType#standard()} unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if it is empty
     */
    public Builder types(Set<PiiType> wanted) {
      if (wanted.isEmpty()) {
        throw QilinException.invalid("a detector looks for at least one type");
      }
      types = Set.copyOf(wanted);
      return this;
    }

    /**
     * Names of people to look for, as they are written; none unless set. Each has 2 to 32 characters; names of Latin letters
     * are found as whole words.
     *
     * @throws QilinException INVALID_ARGUMENT if one is shorter or longer
     */
    public Builder names(Set<String> dictionary) {
      for (String name : dictionary) {
        if (name.length() < 2 || name.length() > 32) {
          throw QilinException.invalid(
              "a name in the dictionary has 2 to 32 characters, one has " + name.length());
        }
      }
      names = Set.copyOf(Objects.requireNonNull(dictionary, "dictionary"));
      return this;
    }

    /** The detector. */
    public PiiDetector build() {
      return new PiiDetector(this);
    }
  }
}

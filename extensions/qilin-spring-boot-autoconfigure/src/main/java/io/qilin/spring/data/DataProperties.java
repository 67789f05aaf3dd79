package io.qilin.spring.data;

import io.qilin.data.quality.QualityPolicy;
import io.qilin.spring.PropertyRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where market data comes from. Either one {@code source} with its {@code settings}, or several {@code members} in the order
 * in which they are asked; with neither there is no chain.
 *
 * @param source id of a provider, for example {@code csv}
 * @param settings of that source, by the provider's names
 * @param members sources in the order in which they are asked
 * @param deadline how long one query may take in all
 * @param hedgeAfter after which time without an answer the next member is asked besides; never unless set
 * @param openWithin how long the start waits for a source to open; a later one counts as failed until it is open
 * @param cache answers that are served again while fresh
 * @param copies last good answers that stand for sources that fail
 * @param quality of the bars
 */
@ConfigurationProperties(prefix = "qilin.data", ignoreUnknownFields = false)
public record DataProperties(
    @Nullable String source,
    @DefaultValue Map<String, String> settings,
    @DefaultValue List<Member> members,
    @DefaultValue("10s") Duration deadline,
    @Nullable Duration hedgeAfter,
    @DefaultValue("5s") Duration openWithin,
    @DefaultValue Cache cache,
    @DefaultValue Copies copies,
    @DefaultValue Quality quality) {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

  /**
   * One source of the chain.
   *
   * @param name unique, 1 to 32 of {@code a-z 0-9 -}; the provider's id unless set
   * @param provider id of a provider
   * @param settings by the provider's names
   * @param deadline of one call; an equal share of the chain's unless set
   * @param attempts how often it is asked for one query at most
   * @param concurrency how many calls may be under way
   * @param openTime how long it is left alone after it failed often
   */
  public record Member(
      @Nullable String name,
      String provider,
      @DefaultValue Map<String, String> settings,
      @Nullable Duration deadline,
      @DefaultValue("2") int attempts,
      @DefaultValue("8") int concurrency,
      @DefaultValue("10s") Duration openTime) {
    /** Copies the settings. */
    public Member {
      settings = Map.copyOf(settings);
    }

    String called() {
      return name == null ? provider : name;
    }

    /** Names the settings only: their values may be secret. */
    @Override
    public String toString() {
      return "Member[name=" + called() + ", provider=" + provider + ", settings="
          + new TreeSet<>(settings.keySet()) + ']';
    }
  }

  /**
   * Answers that are served again to equal queries.
   *
   * @param freshFor how long; never unless set
   * @param size how much memory they may take
   */
  public record Cache(
      @Nullable Duration freshFor, @DefaultValue("64MB") DataSize size) {}

  /**
   * Last good answers.
   *
   * @param enabled whether they are kept
   * @param maxAge an older one is not served
   * @param size how much memory they may take
   * @param folder an existing folder for copies that outlive the process; memory alone unless set
   * @param folderSize how much the files in it may take
   */
  public record Copies(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("7d") Duration maxAge,
      @DefaultValue("64MB") DataSize size,
      @Nullable Path folder,
      @DefaultValue("256MB") DataSize folderSize) {}

  /**
   * What is asked of bars.
   *
   * @param policy what the gate does with data that is not good enough
   * @param threshold the least score, 0 to 1
   */
  public record Quality(
      @DefaultValue("stop") QualityPolicy policy,
      @DefaultValue("0.8") double threshold) {}

  /**
   * Checks the values and copies the collections.
   *
   * @throws PropertyRefused if one is out of range
   */
  public DataProperties {
    settings = Map.copyOf(settings);
    members = List.copyOf(members);
    PropertyRefused.unless(
        source == null || members.isEmpty(),
        "qilin.data.source",
        String.valueOf(source),
        "give one source, or members in the order in which they are asked, not both");
    PropertyRefused.unless(
        source != null || settings.isEmpty(),
        "qilin.data.settings",
        new TreeSet<>(settings.keySet()),
        "settings belong to a source: set qilin.data.source too");
    span("qilin.data.deadline", deadline);
    span("qilin.data.open-within", openWithin);
    span("qilin.data.hedge-after", hedgeAfter);
    span("qilin.data.cache.fresh-for", cache.freshFor());
    size("qilin.data.cache.size", cache.size());
    size("qilin.data.copies.size", copies.size());
    size("qilin.data.copies.folder-size", copies.folderSize());
    PropertyRefused.unless(
        quality.threshold() >= 0 && quality.threshold() <= 1,
        "qilin.data.quality.threshold",
        quality.threshold(),
        "a score is 0 to 1");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      check("qilin.data.members[" + i + "]", members.get(i), names);
    }
  }

  private static void check(String at, Member member, Set<String> names) {
    String name = member.called();
    PropertyRefused.unless(
        NAME.matcher(name).matches(), at + ".name", name, "a name is 1 to 32 of a-z 0-9 -");
    PropertyRefused.unless(
        names.add(name), at + ".name", name, "two members have this name; give each its own");
    PropertyRefused.unless(
        member.attempts() >= 1 && member.attempts() <= 10,
        at + ".attempts",
        member.attempts(),
        "attempts are 1 to 10");
    PropertyRefused.unless(
        member.concurrency() >= 1 && member.concurrency() <= 1000,
        at + ".concurrency",
        member.concurrency(),
        "calls at once are 1 to 1000");
    span(at + ".deadline", member.deadline());
    span(at + ".open-time", member.openTime());
  }

  private static void span(String property, @Nullable Duration span) {
    PropertyRefused.unless(
        span == null || (span.compareTo(Duration.ZERO) > 0 && span.compareTo(LONGEST) <= 0),
        property,
        String.valueOf(span),
        "a duration is above 0 and at most a day, for example 500ms or 10s");
  }

  private static void size(String property, DataSize size) {
    PropertyRefused.unless(
        size.toBytes() >= 1024, property, size, "at least 1024 bytes, for example 64MB");
  }

  /** The sources in the order in which they are asked. */
  List<Member> sources() {
    return source == null
        ? members
        : List.of(new Member(null, source, settings, null, 2, 8, Duration.ofSeconds(10)));
  }

  /** Where the settings of a source stand. */
  String place(int member) {
    return source == null ? "qilin.data.members[" + member + "]." : "qilin.data.";
  }

  /** Names the settings only: their values may be secret. */
  @Override
  public String toString() {
    return "DataProperties[source=" + source + ", settings=" + new TreeSet<>(settings.keySet())
        + ", members=" + members + ", deadline=" + deadline + ']';
  }
}

package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import io.qilin.security.internal.NetworkRange;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads what a rule asks for. The members of one object must all hold. */
final class ConditionReader {
  private static final Map<String, Function<JsonPlace, Condition>> KINDS = Map.of(
      "all", place -> Condition.all(conditions(place)),
      "any", place -> Condition.any(conditions(place)),
      "not", place -> Condition.not(read(place)),
      "figureAtLeast", place -> figures(place, true),
      "figureAtMost", place -> figures(place, false),
      "deviceIn", place -> Condition.device(some(place)),
      "addressIn", ConditionReader::addresses,
      "contextIn", place -> attributes(place, Condition::contextAttribute),
      "identityIn", place -> attributes(place, Condition::identityAttribute),
      "time", ConditionReader::time);

  private ConditionReader() {}

  static Condition read(JsonPlace place) {
    List<Condition> parts = new ArrayList<>();
    place.members().forEach((name, member) -> parts.add(part(place, name, member)));
    return Condition.all(filled(parts, place));
  }

  private static Condition part(JsonPlace place, String name, JsonPlace member) {
    if (name.equals("authenticated")) {
      member.only("methods", "maxAgeSeconds");
      return Condition.authenticated(PolicyReader.freshness(member));
    }
    Function<JsonPlace, Condition> kind = KINDS.get(name);
    if (kind == null) {
      throw place.unknown("condition", name, KINDS.keySet());
    }
    return kind.apply(member);
  }

  private static List<Condition> conditions(JsonPlace place) {
    return filled(place.items().stream().map(ConditionReader::read).toList(), place);
  }

  private static <T> List<T> filled(List<T> parts, JsonPlace place) {
    if (parts.isEmpty()) {
      throw place.refused("it is empty; name a condition, or leave the member out");
    }
    return List.copyOf(parts);
  }

  private static Condition figures(JsonPlace place, boolean atLeast) {
    List<Condition> parts = new ArrayList<>();
    place.members().forEach((name, bound) -> {
      double value = bound.number().doubleValue();
      if (!Double.isFinite(value)) {
        throw bound.refused("it is out of range");
      }
      parts.add(
          atLeast
              ? Condition.figure(name, value, Double.MAX_VALUE)
              : Condition.figure(name, -Double.MAX_VALUE, value));
    });
    return Condition.all(filled(parts, place));
  }

  private static Set<String> some(JsonPlace place) {
    return Set.copyOf(filled(List.copyOf(place.names()), place));
  }

  private static Condition addresses(JsonPlace place) {
    List<NetworkRange> ranges =
        place.items().stream().map(item -> item.read(NetworkRange::parse)).toList();
    return Condition.address(filled(ranges, place));
  }

  private static Condition attributes(
      JsonPlace place, BiFunction<String, Set<String>, Condition> kind) {
    List<Condition> parts = new ArrayList<>();
    place.members().forEach((name, values) -> parts.add(kind.apply(name, some(values))));
    return Condition.all(filled(parts, place));
  }

  private static Condition time(JsonPlace place) {
    place.only("zone", "from", "to", "days");
    ZoneId zone = dated(place.need("zone"), ZoneId::of, "a zone such as Asia/Shanghai");
    LocalTime from = dated(place.need("from"), LocalTime::parse, "a time such as 09:15");
    LocalTime to = dated(place.need("to"), LocalTime::parse, "a time such as 15:00");
    if (from.equals(to)) {
      throw place.refused("it begins and ends at one time; leave it out for the whole day");
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    place.find("days").ifPresent(listed -> {
      for (JsonPlace day : filled(listed.items(), listed)) {
        days.add(day(day));
      }
    });
    return new TimeWindow(zone, from, to, days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days);
  }

  private static DayOfWeek day(JsonPlace place) {
    String name = place.text();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(name)) {
        return day;
      }
    }
    List<String> known =
        EnumSet.allOf(DayOfWeek.class).stream().map(DayOfWeek::name).toList();
    throw place.unknown("day", name, known);
  }

  private static <T> T dated(JsonPlace place, Function<String, T> reader, String example) {
    String text = place.text();
    try {
      return reader.apply(text);
    } catch (DateTimeException e) {
      throw place.refused(QilinException.quote(text) + " is not " + example);
    }
  }
}

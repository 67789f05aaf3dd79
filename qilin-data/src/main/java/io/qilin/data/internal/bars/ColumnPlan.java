package io.qilin.data.internal.bars;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.data.internal.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What each column of one file is, decided from its header.
 *
 * @param headers the header as written, without space around the names
 * @param roles what each column holds
 * @param fields the field of each column that holds numbers; of another column, {@code $other}
 */
public record ColumnPlan(List<String> headers, List<Role> roles, List<Field> fields) {
  private static final Field NONE = Field.of("other");

  /** What a column holds. */
  public enum Role {
    /** Names of instruments. */
    INSTRUMENT,
    /** Days. */
    DATE,
    /** Numbers, and nothing but numbers. */
    NUMBER,
    /** Numbers or text, as its first value tells. */
    UNDECIDED,
    /** Left out. */
    IGNORED
  }

  /** The index of the instrument column, or -1. */
  public int instrument() {
    return roles.indexOf(Role.INSTRUMENT);
  }

  /**
   * Decides.
   *
   * @param headers the header row
   * @param settings explicit mapping, required fields
   * @param place the header's line
   * @param needsInstrument whether the instrument must be named by a column
   * @throws QilinException DATA_FORMAT for a missing, duplicate or ambiguous column
   */
  public static ColumnPlan of(
      List<String> headers, BarSettings settings, Place place, boolean needsInstrument) {
    return new Resolution(headers, settings, place).plan(needsInstrument);
  }

  /** The work of {@link #of}. */
  private static final class Resolution {
    private final List<String> headers;
    private final BarSettings settings;
    private final Place place;
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Role[] roles;
    private final Field[] fields;

    Resolution(List<String> headers, BarSettings settings, Place place) {
      this.headers = headers.stream().map(String::strip).toList();
      this.settings = settings;
      this.place = place;
      this.roles = new Role[headers.size()];
      this.fields = new Field[headers.size()];
      java.util.Arrays.fill(fields, NONE);
    }

    ColumnPlan plan(boolean needsInstrument) {
      index();
      settings.ignored().forEach(key -> claim(key, Role.IGNORED, NONE));
      settings.instrumentColumn().ifPresent(key -> claim(key, Role.INSTRUMENT, NONE));
      settings.dateColumn().ifPresent(key -> claim(key, Role.DATE, NONE));
      settings.mapping().forEach((key, field) -> claim(key, Role.NUMBER, field));
      if (settings.instrumentColumn().isEmpty()) {
        choose(ColumnNames.INSTRUMENT, Role.INSTRUMENT, "instrument", needsInstrument);
      }
      if (settings.dateColumn().isEmpty()) {
        choose(ColumnNames.DATE, Role.DATE, "day", true);
      }
      chooseFields();
      requireFields();
      return new ColumnPlan(headers, List.of(roles), List.of(fields));
    }

    private void index() {
      for (int i = 0; i < headers.size(); i++) {
        String key = ColumnNames.key(headers.get(i));
        if (key.isEmpty()) {
          if (i > 0) {
            throw place.malformed("column " + (i + 1) + " of the header has no name");
          }
          roles[i] = Role.IGNORED;
        } else if (byKey.putIfAbsent(key, i) != null) {
          throw place
              .column(headers.get(i))
              .malformed("the header names this column twice; remove or rename one");
        }
      }
    }

    private void claim(String key, Role role, Field field) {
      Integer at = byKey.get(key);
      if (at == null) {
        if (role == Role.IGNORED) {
          return;
        }
        throw missing("the column " + QilinException.quote(key) + " of the settings", key);
      }
      roles[at] = role;
      fields[at] = field;
    }

    /** Finds the column of a role by the usual names. */
    private void choose(List<String> names, Role role, String what, boolean needed) {
      List<String> found = new ArrayList<>();
      for (String name : names) {
        Integer at = byKey.get(name);
        if (at != null && roles[at] == null) {
          found.add(name);
        }
      }
      if (found.isEmpty()) {
        if (needed) {
          throw missing("a column for the " + what + " (such as " + names.get(0) + ")", names);
        }
      } else if (found.size() == 1 || found.get(0).equals(names.get(0))) {
        claim(found.get(0), role, NONE);
      } else {
        throw ambiguous(found, what);
      }
    }

    private void chooseFields() {
      Map<Field, String> taken = new HashMap<>();
      for (int i = 0; i < roles.length; i++) {
        if (roles[i] == Role.NUMBER) {
          taken.put(fields[i], ColumnNames.key(headers.get(i)));
        }
      }
      for (int i = 0; i < roles.length; i++) {
        String key = ColumnNames.key(headers.get(i));
        boolean usual = ColumnNames.field(key).filter(f -> f.name().equals(key)).isPresent();
        if (roles[i] == null && usual) {
          take(i, Field.of(key), Role.NUMBER, taken);
        }
      }
      for (int i = 0; i < roles.length; i++) {
        if (roles[i] == null) {
          chooseField(i, ColumnNames.key(headers.get(i)), taken);
        }
      }
    }

    /** An alias is the field it stands for, unless a column of the field's own name is there. */
    private void chooseField(int column, String key, Map<Field, String> taken) {
      Field known = ColumnNames.field(key).orElse(NONE);
      boolean owned = known.name().equals(taken.get(known)) || settings.maps(known);
      if (!known.equals(NONE) && !owned) {
        take(column, known, Role.NUMBER, taken);
      } else {
        own(column, key, taken);
      }
    }

    private void own(int column, String key, Map<Field, String> taken) {
      Field field;
      try {
        field = Field.of(key);
      } catch (QilinException e) {
        roles[column] = Role.IGNORED;
        return;
      }
      take(column, field, Role.UNDECIDED, taken);
    }

    private void take(int column, Field field, Role role, Map<Field, String> taken) {
      String other = taken.putIfAbsent(field, ColumnNames.key(headers.get(column)));
      if (other != null) {
        throw ambiguous(List.of(other, ColumnNames.key(headers.get(column))), field.name());
      }
      roles[column] = role;
      fields[column] = field;
    }

    private void requireFields() {
      Set<Field> present = new TreeSet<>();
      for (int i = 0; i < roles.length; i++) {
        if (roles[i] == Role.NUMBER || roles[i] == Role.UNDECIDED) {
          present.add(fields[i]);
        }
      }
      for (Field field : settings.required()) {
        if (!present.contains(field)) {
          throw missing("a column for " + field.name(), field.name());
        }
      }
    }

    private QilinException ambiguous(List<String> columns, String what) {
      return place.malformed("the columns "
          + columns.stream().map(QilinException::quote).collect(Collectors.joining(" and "))
          + " both mean the "
          + what
          + "; map the right one and ignore the others");
    }

    private QilinException missing(String what, String wanted) {
      return missing(what, List.of(wanted));
    }

    private QilinException missing(String what, List<String> wanted) {
      String there =
          headers.stream().limit(20).map(QilinException::quote).collect(Collectors.joining(", "));
      String hint = "";
      for (int i = 0; i < wanted.size() && hint.isEmpty(); i++) {
        hint = NearestName.hint(wanted.get(i), byKey.keySet().stream().sorted().toList());
      }
      return place.malformed(what
          + " is missing; the header has "
          + headers.size()
          + (headers.size() == 1 ? " column: " : " columns: ")
          + there
          + (headers.size() > 20 ? ", …" : "")
          + hint
          + separatorHint());
    }

    private String separatorHint() {
      boolean other = headers.size() == 1 && headers.get(0).matches("(?s).*[;\t|].*");
      return other ? "; the columns of a CSV file are separated by commas" : "";
    }
  }
}

package io.qilin.data.record;

import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.PublicationTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * The asOf of a record that states none: of what is seen as it happens, the event; of what is published at a usual hour, the
 * latest one of {@link PublicationTimes}. For the rest there is no usual time, and it must be stated.
 */
final class UsualPublication {
  private UsualPublication() {}

  static Instant of(Class<?> type, Map<String, Object> values, RecordPlace place) {
    if (values.get("eventTime") instanceof Instant event) {
      return event;
    }
    if (type == LhbSeatRow.class && values.get("date") instanceof LocalDate day) {
      return PublicationTimes.ofLhb(day);
    }
    if (type == FundamentalSnapshot.class && values.get("announceDate") instanceof LocalDate day) {
      return PublicationTimes.ofAnnouncement(day);
    }
    if (type == MoneyFlowDaily.class && values.get("date") instanceof LocalDate day) {
      if (isKnown(values, "marginBuy") || isKnown(values, "marginBalance")) {
        throw place.malformed("the value is missing; margin lending is published on the morning of"
            + " the next trading day, so state when this was");
      }
      return PublicationTimes.ofDailyFigures(day);
    }
    throw place.malformed("the value is missing; state when the record became public");
  }

  private static boolean isKnown(Map<String, Object> values, String name) {
    return values.get(name) instanceof Double number && !number.isNaN();
  }
}

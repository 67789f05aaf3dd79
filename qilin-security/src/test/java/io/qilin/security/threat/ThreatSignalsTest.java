package io.qilin.security.threat;

import static io.qilin.security.threat.ThreatCalls.BEIJING;
import static io.qilin.security.threat.ThreatCalls.NOON;
import static io.qilin.security.threat.ThreatCalls.SHANGHAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThreatSignalsTest {
  private static final int MANY = 1000;

  @Test
  void whenTwoCitiesAreMeasured_thenTheDistanceIsTheGreatCircle() {
    assertThat(SHANGHAI.distanceKm(BEIJING)).isCloseTo(1067.3, within(1.0));
    assertThat(new GeoPoint(0, 0).distanceKm(new GeoPoint(0, 180))).isCloseTo(20015.1, within(0.1));
    assertThat(SHANGHAI.distanceKm(SHANGHAI)).isZero();
    assertThatThrownBy(() -> new GeoPoint(Double.NaN, 0)).hasMessageContaining("QILIN-1");
    assertThatThrownBy(() -> new GeoPoint(90.1, 0)).hasMessageContaining("90.1");
    assertThatThrownBy(() -> new GeoPoint(0, -180.5)).hasMessageContaining("-180.5");
  }

  @Test
  void whenASubjectTravels_thenOnlyWhatNoAeroplaneExplainsCounts() {
    ImpossibleTravel travel = new ImpossibleTravel(MANY);
    assertThat(travel.score(ThreatCalls.in(SHANGHAI, NOON))).isZero();
    travel.learn(ThreatCalls.in(SHANGHAI, NOON), CallOutcome.ALLOWED);

    double km = SHANGHAI.distanceKm(BEIJING);
    assertThat(travel.score(ThreatCalls.in(BEIJING, after(km / 999 * 3600)))).isZero();
    assertThat(travel.score(ThreatCalls.in(BEIJING, after(km / 1500 * 3600))))
        .isCloseTo(0.5, within(1e-3));
    assertThat(travel.score(ThreatCalls.in(BEIJING, after(km / 2001 * 3600)))).isOne();
    assertThat(travel.score(ThreatCalls.in(BEIJING, NOON))).isOne();
    assertThat(travel.score(ThreatCalls.in(new GeoPoint(31.9, 121.47), NOON))).isZero();
    assertThat(travel.score(ThreatCalls.at(NOON))).isZero();
  }

  @Test
  void whenACallElsewhereIsRefused_thenItsPlaceIsNotLearned() {
    ImpossibleTravel travel = new ImpossibleTravel(MANY);
    travel.learn(ThreatCalls.in(SHANGHAI, NOON), CallOutcome.ALLOWED);
    travel.learn(ThreatCalls.in(BEIJING, after(1)), CallOutcome.REFUSED);
    travel.learn(ThreatCalls.in(BEIJING, after(-60)), CallOutcome.ALLOWED);

    assertThat(travel.score(ThreatCalls.in(BEIJING, after(2)))).isOne();
    assertThat(travel.score(ThreatCalls.in(SHANGHAI, after(2)))).isZero();
  }

  @Test
  void whenLoginsFail_thenSubjectAndAddressRememberAndForget() {
    CredentialStuffing stuffing = new CredentialStuffing(MANY);
    for (int k = 0; k < 4; k++) {
      stuffing.learn(ThreatCalls.by("zhang", NOON), CallOutcome.NOT_AUTHENTICATED);
    }
    assertThat(stuffing.score(ThreatCalls.from("zhang", "198.51.100.1", NOON))).isEqualTo(0.8);
    assertThat(stuffing.score(ThreatCalls.from("li", "203.0.113.7", NOON))).isEqualTo(0.2);
    assertThat(stuffing.score(ThreatCalls.from("li", "198.51.100.1", NOON))).isZero();
    assertThat(stuffing.score(ThreatCalls.by("zhang", after(600)))).isCloseTo(0.4, within(1e-9));

    stuffing.learn(ThreatCalls.by("zhang", NOON), CallOutcome.ALLOWED);
    assertThat(stuffing.score(ThreatCalls.by("zhang", NOON))).isEqualTo(0.8);
    for (int k = 0; k < 4; k++) {
      stuffing.learn(ThreatCalls.by("zhang", NOON), CallOutcome.NOT_AUTHENTICATED);
    }
    assertThat(stuffing.score(ThreatCalls.by("zhang", NOON))).isOne();
  }

  @Test
  void whenManySubjectsFailFromOneAddress_thenTheAddressShowsIt() {
    CredentialStuffing stuffing = new CredentialStuffing(MANY);
    for (int k = 0; k < 20; k++) {
      stuffing.learn(ThreatCalls.by("user" + k, NOON), CallOutcome.NOT_AUTHENTICATED);
    }
    assertThat(stuffing.score(ThreatCalls.by("another", NOON))).isOne();
  }

  @Test
  void whenCallsComeSteadily_thenARateIsItself() {
    CallVelocity velocity = new CallVelocity(60, MANY);
    double score = 0;
    for (int second = 0; second < 1200; second++) {
      score = velocity.score(ThreatCalls.at(after(second)));
    }
    assertThat(score).isLessThan(0.01);
    for (int k = 0; k < 2400; k++) {
      score = velocity.score(ThreatCalls.at(after(1200 + k / 2.0)));
    }
    assertThat(score).isCloseTo(0.5, within(0.01));
    assertThat(velocity.score(ThreatCalls.by("li", after(1200)))).isZero();
    assertThatThrownBy(() -> new CallVelocity(Double.NaN, MANY)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new CallVelocity(0, MANY)).hasMessageContaining("positive");
  }

  @Test
  void whenTheClockGoesBack_thenNoCallIsForgotten() {
    CallVelocity velocity = new CallVelocity(1, MANY);
    velocity.score(ThreatCalls.at(NOON));
    velocity.score(ThreatCalls.at(after(-3600)));
    assertThat(velocity.score(ThreatCalls.at(after(-7200)))).isOne();
  }

  @Test
  void whenADeviceIsNew_thenItCountsUntilItWasAllowed() {
    NewDevice devices = new NewDevice(MANY);
    assertThat(devices.score(ThreatCalls.on("phone", NOON))).isEqualTo(0.5);
    devices.learn(ThreatCalls.on("thief", NOON), CallOutcome.REFUSED);
    devices.learn(ThreatCalls.on("phone", NOON), CallOutcome.ALLOWED);
    assertThat(devices.score(ThreatCalls.on("phone", NOON))).isZero();
    assertThat(devices.score(ThreatCalls.on("thief", NOON))).isOne();
    assertThat(devices.score(ThreatCalls.screened(0))).isOne();

    for (int k = 0; k < 16; k++) {
      devices.learn(ThreatCalls.on("device" + k, NOON), CallOutcome.ALLOWED);
    }
    assertThat(devices.score(ThreatCalls.on("phone", NOON))).isOne();
    assertThat(devices.score(ThreatCalls.on("device0", NOON))).isZero();
  }

  @Test
  void whenARequestWasNotScreened_thenThatIsAsBadAsCanBe() {
    assertThat(new ScreeningScore().score(ThreatCalls.screened(0.3))).isEqualTo(0.3);
    assertThat(new ScreeningScore().score(ThreatCalls.at(NOON))).isOne();
  }

  @Test
  void whenHoursAreStated_thenTheirBoundsAreExactInTheirZone() {
    OffHours hours = new OffHours(
        ZoneId.of("Asia/Shanghai"),
        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
        LocalTime.of(9, 0),
        LocalTime.of(18, 0));
    assertThat(hours.score(ThreatCalls.at(Instant.parse("2026-11-20T01:00:00Z"))))
        .isZero();
    assertThat(hours.score(ThreatCalls.at(Instant.parse("2026-11-20T00:59:59Z"))))
        .isOne();
    assertThat(hours.score(ThreatCalls.at(Instant.parse("2026-11-20T09:59:59Z"))))
        .isZero();
    assertThat(hours.score(ThreatCalls.at(Instant.parse("2026-11-20T10:00:00Z"))))
        .isOne();
    assertThat(hours.score(ThreatCalls.at(Instant.parse("2026-11-21T04:00:00Z"))))
        .isOne();
    assertThatThrownBy(() -> new OffHours(
            ZoneId.of("UTC"), EnumSet.allOf(DayOfWeek.class), LocalTime.NOON, LocalTime.NOON))
        .hasMessageContaining("12:00");
  }

  @Test
  void whenRightsWereRaised_thenTheSignHalves() {
    PrivilegeChange change = new PrivilegeChange(Duration.ofHours(1), MANY);
    assertThat(change.score(ThreatCalls.at(NOON))).isZero();
    change.changed("zhang", NOON);
    change.changed("zhang", after(-10_000));
    assertThat(change.score(ThreatCalls.at(NOON))).isOne();
    assertThat(change.score(ThreatCalls.at(after(7200)))).isCloseTo(0.25, within(1e-9));
    assertThatThrownBy(() -> new PrivilegeChange(Duration.ZERO, MANY)).hasMessageContaining("PT0S");
  }

  @Test
  void whenKeysFlood_thenTheTableStaysBoundedAndTheNewestKeysStay() {
    BoundedTable<Integer> table = new BoundedTable<>(160);
    for (int k = 0; k < 100_000; k++) {
      int value = k;
      table.update("key" + k, old -> value);
    }
    assertThat(table.size()).isEqualTo(160);
    assertThat(table.get("key99999")).isEqualTo(99_999);
    assertThat(table.get("key0")).isNull();
    table.update("key99999", old -> null);
    assertThat(table.size()).isEqualTo(159);
  }

  @Test
  void whenACallIsMadeOfNonsense_thenItIsRefused() {
    String longText = "x".repeat(513);
    assertThat(ThreatCalls.by("x".repeat(512), NOON).subject()).hasSize(512);
    assertThatThrownBy(() -> ThreatCalls.by(longText, NOON)).hasMessageContaining("subject");
    assertThatThrownBy(() -> ThreatCalls.from("zhang", longText, NOON))
        .hasMessageContaining("address");
    assertThatThrownBy(() -> ThreatCalls.on(longText, NOON)).hasMessageContaining("device");
    assertThatThrownBy(() -> ThreatCalls.screened(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> ThreatCalls.screened(1.01)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> new ThreatCall(
            NOON,
            "zhang",
            "a",
            Optional.empty(),
            Optional.empty(),
            longText,
            "r",
            OptionalDouble.empty()))
        .hasMessageContaining("action");
    assertThatThrownBy(() -> new ThreatCall(
            NOON,
            "zhang",
            "a",
            Optional.empty(),
            Optional.empty(),
            "a",
            longText,
            OptionalDouble.empty()))
        .hasMessageContaining("resource");
  }

  private static Instant after(double seconds) {
    return NOON.plusNanos(Math.round(seconds * 1e9));
  }
}

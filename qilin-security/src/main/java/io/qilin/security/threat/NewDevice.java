package io.qilin.security.threat;

import java.util.ArrayList;
import java.util.List;

/**
 * The subject calls from a device that it never used in an allowed call: 1, or 0.5 for the very first device of a subject; 1
 * without a device id. The 16 devices used last are remembered. Thread-safe.
 */
public final class NewDevice implements ThreatSignal {
  private static final int MOST_DEVICES = 16;
  private static final double FIRST = 0.5;

  private final BoundedTable<List<String>> devices;

  /** The signal over at most so many subjects. */
  public NewDevice(int mostSubjects) {
    this.devices = new BoundedTable<>(mostSubjects);
  }

  @Override
  public String id() {
    return "new-device";
  }

  @Override
  public double score(ThreatCall call) {
    if (call.deviceId().isEmpty()) {
      return 1;
    }
    List<String> known = devices.get(call.subject());
    if (known == null) {
      return FIRST;
    }
    return known.contains(call.deviceId().get()) ? 0 : 1;
  }

  @Override
  public void learn(ThreatCall call, CallOutcome outcome) {
    if (outcome == CallOutcome.ALLOWED && call.deviceId().isPresent()) {
      String device = call.deviceId().get();
      devices.update(call.subject(), known -> {
        List<String> now = new ArrayList<>(known == null ? List.of() : known);
        now.remove(device);
        now.add(device);
        return List.copyOf(now.subList(Math.max(0, now.size() - MOST_DEVICES), now.size()));
      });
    }
  }
}

/**
 * How much a call looks like an attack: start with {@link io.qilin.security.threat.ThreatDetector}. Signals are pluggable,
 * state is bounded, and a score that is not a number refuses.
 */
@NullMarked
package io.qilin.security.threat;

import org.jspecify.annotations.NullMarked;

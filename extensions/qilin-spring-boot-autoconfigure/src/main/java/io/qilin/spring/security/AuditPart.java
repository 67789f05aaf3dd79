package io.qilin.spring.security;

import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditState;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.Map;

/** Shows the audit log. */
final class AuditPart implements QilinPart {
  private final AuditLog log;

  AuditPart(AuditLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return "audit";
  }

  /** Without it nothing that must be audited may happen. */
  @Override
  public boolean required() {
    return true;
  }

  /** Down unless it takes records. */
  @Override
  public PartState state() {
    AuditState state = log.state();
    return state == AuditState.OPEN
        ? PartState.up()
        : PartState.down("the audit log is " + state + " and takes no record");
  }

  @Override
  public Map<String, Object> description() {
    return Map.of("state", log.state().name(), "durableRecords", log.durable());
  }
}

package io.qilin.spring.security;

import io.qilin.security.audit.Durability;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit log.
 *
 * @param directory the folder of its files; there is no log unless set
 * @param durability when a record is on the disk
 */
@ConfigurationProperties(prefix = "qilin.security.audit", ignoreUnknownFields = false)
public record AuditProperties(
    @Nullable Path directory, @DefaultValue("every-batch") Durability durability) {}

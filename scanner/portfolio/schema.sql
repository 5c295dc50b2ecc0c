-- The store of a portfolio, version 1: what its tables and columns mean is said in comments, which DuckDB keeps
-- (SELECT * FROM duckdb_columns()) and docs/portfolio.md shows.

CREATE TABLE store (version INTEGER);
COMMENT ON TABLE store IS 'The version of these tables.';
COMMENT ON COLUMN store.version IS '1';
INSERT INTO store VALUES (1);

CREATE TABLE runs (
    run INTEGER, day DATE, started TIMESTAMP, finished TIMESTAMP, version VARCHAR, rules INTEGER, fingerprint VARCHAR,
    offline BOOLEAN, projects INTEGER, failed INTEGER, components BIGINT, packages INTEGER, technologies INTEGER
);
COMMENT ON TABLE runs IS 'One row a batch. All are kept, so a trend is a query.';
COMMENT ON COLUMN runs.run IS 'Number, counted from 1; every other table names it';
COMMENT ON COLUMN runs.day IS 'The day that ages are counted from';
COMMENT ON COLUMN runs.started IS 'UTC';
COMMENT ON COLUMN runs.finished IS 'UTC; empty while it runs, and after it was killed';
COMMENT ON COLUMN runs.version IS 'Version of outlast';
COMMENT ON COLUMN runs.rules IS 'Rule records';
COMMENT ON COLUMN runs.fingerprint IS 'Of program, rules and configuration: a run goes on only where they are the same';
COMMENT ON COLUMN runs.offline IS 'Whether no registry was asked';
COMMENT ON COLUMN runs.projects IS 'Projects in all';
COMMENT ON COLUMN runs.failed IS 'Projects that could not be looked at';
COMMENT ON COLUMN runs.components IS 'Components in all; the same package in two projects is two';
COMMENT ON COLUMN runs.packages IS 'Distinct package versions';
COMMENT ON COLUMN runs.technologies IS 'Distinct technologies';

CREATE TABLE projects (
    run INTEGER, project VARCHAR, path VARCHAR, owner VARCHAR, criticality VARCHAR, labels VARCHAR[], digest VARCHAR,
    failed BOOLEAN, verdict VARCHAR, score UTINYINT, components INTEGER, technologies INTEGER, flagged INTEGER,
    custody_known INTEGER, gaps INTEGER
);
COMMENT ON TABLE projects IS 'One row a project and run.';
COMMENT ON COLUMN projects.run IS 'Of runs';
COMMENT ON COLUMN projects.project IS 'Name, unique in the run';
COMMENT ON COLUMN projects.path IS 'Its input';
COMMENT ON COLUMN projects.owner IS 'As the list of projects says';
COMMENT ON COLUMN projects.criticality IS 'vital, important, ordinary, or nothing';
COMMENT ON COLUMN projects.labels IS 'As the list of projects says';
COMMENT ON COLUMN projects.digest IS 'Of the content and of what the list says; the same digest is not looked at twice';
COMMENT ON COLUMN projects.failed IS 'Whether nothing could be looked at; the reason is in gaps';
COMMENT ON COLUMN projects.verdict IS 'flagged, unknown, watch or safe: the worst of its technologies';
COMMENT ON COLUMN projects.score IS '0 to 100, higher is safer';
COMMENT ON COLUMN projects.components IS 'Components';
COMMENT ON COLUMN projects.technologies IS 'Technologies';
COMMENT ON COLUMN projects.flagged IS 'Technologies of which nothing is left without one actor';
COMMENT ON COLUMN projects.custody_known IS 'Components whose custody was looked at';
COMMENT ON COLUMN projects.gaps IS 'Things that could not be looked at';

CREATE TABLE components (
    run INTEGER, project VARCHAR, purl VARCHAR, scope VARCHAR, direct BOOLEAN, verdict VARCHAR, score UTINYINT,
    severity UTINYINT
);
COMMENT ON TABLE components IS 'One row a package version, project and run.';
COMMENT ON COLUMN components.run IS 'Of runs';
COMMENT ON COLUMN components.project IS 'Of projects';
COMMENT ON COLUMN components.purl IS 'Package URL in canonical form; more of it in packages';
COMMENT ON COLUMN components.scope IS 'runtime, optional, build, test or development';
COMMENT ON COLUMN components.direct IS 'Whether the project asks for it itself; empty where its input does not tell';
COMMENT ON COLUMN components.verdict IS 'safe, ok, watch, unknown or flagged';
COMMENT ON COLUMN components.score IS 'Of the technology that decides the verdict; empty where custody does';
COMMENT ON COLUMN components.severity IS '1 to 5: how grave losing it is for the project';

CREATE TABLE packages (
    run INTEGER, purl VARCHAR, type VARCHAR, name VARCHAR, version VARCHAR, custody VARCHAR, reasons VARCHAR[],
    licence VARCHAR, publishers INTEGER, organisation VARCHAR, repository VARCHAR, latest VARCHAR, released DATE,
    withdrawn VARCHAR, provenance BOOLEAN, funding VARCHAR[]
);
COMMENT ON TABLE packages IS 'One row a distinct package version and run: what its registry says.';
COMMENT ON COLUMN packages.run IS 'Of runs';
COMMENT ON COLUMN packages.purl IS 'Package URL in canonical form';
COMMENT ON COLUMN packages.type IS 'npm, pypi, maven …';
COMMENT ON COLUMN packages.name IS 'As the ecosystem writes it';
COMMENT ON COLUMN packages.version IS 'Version';
COMMENT ON COLUMN packages.custody IS 'Verdict on who holds it: ok, watch, flagged; unknown where nobody looked';
COMMENT ON COLUMN packages.reasons IS 'Why';
COMMENT ON COLUMN packages.licence IS 'As the registry says';
COMMENT ON COLUMN packages.publishers IS 'Accounts that can publish it';
COMMENT ON COLUMN packages.organisation IS 'Organisation that publishes it';
COMMENT ON COLUMN packages.repository IS 'Where its source is';
COMMENT ON COLUMN packages.latest IS 'Latest version';
COMMENT ON COLUMN packages.released IS 'Day of the latest release';
COMMENT ON COLUMN packages.withdrawn IS 'Why the registry says not to use it';
COMMENT ON COLUMN packages.provenance IS 'Whether the registry has an attestation of its origin';
COMMENT ON COLUMN packages.funding IS 'Where money goes in';

CREATE TABLE bindings (run INTEGER, purl VARCHAR, technology VARCHAR, relation VARCHAR);
COMMENT ON TABLE bindings IS 'What ties a package to a technology.';
COMMENT ON COLUMN bindings.run IS 'Of runs';
COMMENT ON COLUMN bindings.purl IS 'Of packages';
COMMENT ON COLUMN bindings.technology IS 'Of technologies';
COMMENT ON COLUMN bindings.relation IS 'implements, uses, extends, runs-on or comes-from';

CREATE TABLE technologies (
    run INTEGER, technology VARCHAR, name VARCHAR, kind VARCHAR, verdict VARCHAR, score UTINYINT, steward VARCHAR,
    owner VARCHAR, difficulty VARCHAR, way_out VARCHAR, funding VARCHAR, severity UTINYINT, projects INTEGER,
    components BIGINT, record VARCHAR
);
COMMENT ON TABLE technologies IS 'One row a technology and run.';
COMMENT ON COLUMN technologies.run IS 'Of runs';
COMMENT ON COLUMN technologies.technology IS 'Its id in the rules';
COMMENT ON COLUMN technologies.name IS 'Name';
COMMENT ON COLUMN technologies.kind IS 'database, language, cloud-service …';
COMMENT ON COLUMN technologies.verdict IS 'safe, watch, flagged or unknown';
COMMENT ON COLUMN technologies.score IS '0 to 100, higher is safer; empty where the verdict is unknown';
COMMENT ON COLUMN technologies.steward IS 'The actor whose loss matters';
COMMENT ON COLUMN technologies.owner IS 'The end of that actor''s chain of owners';
COMMENT ON COLUMN technologies.difficulty IS 'Of leaving: drop-in, port, rewrite or none known';
COMMENT ON COLUMN technologies.way_out IS 'How one leaves';
COMMENT ON COLUMN technologies.funding IS 'Where money goes in';
COMMENT ON COLUMN technologies.severity IS 'The gravest of its uses';
COMMENT ON COLUMN technologies.projects IS 'Projects that use it';
COMMENT ON COLUMN technologies.components IS 'Components that bind to it, over all projects';
COMMENT ON COLUMN technologies.record IS 'All of the evidence, as in docs/scan.schema.json, JSON';

CREATE TABLE uses (
    run INTEGER, project VARCHAR, technology VARCHAR, severity UTINYINT, components INTEGER, risk UTINYINT,
    residual UTINYINT, location VARCHAR, why VARCHAR
);
COMMENT ON TABLE uses IS 'One row a technology, project and run: who uses what.';
COMMENT ON COLUMN uses.run IS 'Of runs';
COMMENT ON COLUMN uses.project IS 'Of projects';
COMMENT ON COLUMN uses.technology IS 'Of technologies';
COMMENT ON COLUMN uses.severity IS '1 to 5: how grave losing it is for the project; 1 is for development only';
COMMENT ON COLUMN uses.components IS 'Components of the project that bind to it';
COMMENT ON COLUMN uses.risk IS 'Raw risk: severity x likelihood x difficulty of leaving; empty where it is safe';
COMMENT ON COLUMN uses.residual IS 'With the mitigations in force';
COMMENT ON COLUMN uses.location IS 'File and line where it comes in';
COMMENT ON COLUMN uses.why IS 'The shortest path of packages that leads to it';

CREATE TABLE actors (
    run INTEGER, actor VARCHAR, name VARCHAR, kind VARCHAR, jurisdiction VARCHAR, parent VARCHAR, owner VARCHAR
);
COMMENT ON TABLE actors IS 'One row an actor and run: who controls the technologies, and who owns them.';
COMMENT ON COLUMN actors.run IS 'Of runs';
COMMENT ON COLUMN actors.actor IS 'Its id in the rules';
COMMENT ON COLUMN actors.name IS 'Name';
COMMENT ON COLUMN actors.kind IS 'company, foundation, standards-body, community, person or state';
COMMENT ON COLUMN actors.jurisdiction IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN actors.parent IS 'Who owns it';
COMMENT ON COLUMN actors.owner IS 'The end of the chain of owners; itself where it has no parent';

CREATE TABLE findings (
    run INTEGER, project VARCHAR, kind VARCHAR, id VARCHAR, name VARCHAR, verdict VARCHAR, severity UTINYINT,
    message VARCHAR, location VARCHAR, why VARCHAR
);
COMMENT ON TABLE findings IS 'Technologies and packages on watch or flagged, by project.';
COMMENT ON COLUMN findings.run IS 'Of runs';
COMMENT ON COLUMN findings.project IS 'Of projects';
COMMENT ON COLUMN findings.kind IS 'technology or component';
COMMENT ON COLUMN findings.id IS 'Of technologies, or a purl of packages';
COMMENT ON COLUMN findings.name IS 'Name';
COMMENT ON COLUMN findings.verdict IS 'flagged or watch';
COMMENT ON COLUMN findings.severity IS '1 to 5';
COMMENT ON COLUMN findings.message IS 'The verdict in a sentence';
COMMENT ON COLUMN findings.location IS 'File and line';
COMMENT ON COLUMN findings.why IS 'The shortest path of packages that leads to it';

CREATE TABLE gaps (run INTEGER, project VARCHAR, stage VARCHAR, subject VARCHAR, reason VARCHAR);
COMMENT ON TABLE gaps IS 'What could not be looked at. A portfolio with gaps never reads as clean.';
COMMENT ON COLUMN gaps.run IS 'Of runs';
COMMENT ON COLUMN gaps.project IS 'Of projects; empty where it concerns packages of many';
COMMENT ON COLUMN gaps.stage IS 'read, identify, resolve, assess or report';
COMMENT ON COLUMN gaps.subject IS 'What it was';
COMMENT ON COLUMN gaps.reason IS 'Why not';

CREATE VIEW latest AS SELECT * FROM runs WHERE finished IS NOT NULL ORDER BY run DESC LIMIT 1;
COMMENT ON VIEW latest IS 'The last run that was finished.';

CREATE VIEW latest_projects AS SELECT * EXCLUDE run FROM projects WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_projects IS 'The projects of the last run.';
CREATE VIEW latest_components AS SELECT * EXCLUDE run FROM components WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_components IS 'Its components.';
CREATE VIEW latest_packages AS SELECT * EXCLUDE run FROM packages WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_packages IS 'Its packages.';
CREATE VIEW latest_bindings AS SELECT * EXCLUDE run FROM bindings WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_bindings IS 'Its bindings.';
CREATE VIEW latest_technologies AS SELECT * EXCLUDE run FROM technologies WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_technologies IS 'Its technologies.';
CREATE VIEW latest_uses AS SELECT * EXCLUDE run FROM uses WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_uses IS 'Its uses.';
CREATE VIEW latest_actors AS SELECT * EXCLUDE run FROM actors WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_actors IS 'Its actors.';
CREATE VIEW latest_findings AS SELECT * EXCLUDE run FROM findings WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_findings IS 'Its findings.';
CREATE VIEW latest_gaps AS SELECT * EXCLUDE run FROM gaps WHERE run = (SELECT run FROM latest);
COMMENT ON VIEW latest_gaps IS 'Its gaps.';

CREATE VIEW top_actors AS
SELECT
    held.owner AS actor, any_value(actors.name) AS name, any_value(actors.jurisdiction) AS jurisdiction,
    count(DISTINCT uses.project) FILTER (
        held.verdict = 'flagged' AND uses.severity > 1 AND held.kind NOT IN ('registry', 'forge')
    ) AS stopped,
    count(DISTINCT uses.project) AS projects,
    count(DISTINCT held.technology) FILTER (held.verdict = 'flagged') AS flagged,
    count(DISTINCT held.technology) AS technologies,
    max(uses.severity) FILTER (held.verdict = 'flagged') AS severity
FROM latest_uses AS uses
JOIN latest_technologies AS held USING (technology)
LEFT JOIN latest_actors AS actors ON actors.actor = held.owner
WHERE held.verdict <> 'safe'
GROUP BY held.owner
ORDER BY stopped DESC, flagged DESC, projects DESC, actor;
COMMENT ON VIEW top_actors IS 'Owners by the projects that stop without them: those that use something flagged of theirs at run time.';

CREATE VIEW top_technologies AS
SELECT technology, name, kind, verdict, score, owner, severity, projects, components, difficulty
FROM latest_technologies ORDER BY projects DESC, components DESC, technology;
COMMENT ON VIEW top_technologies IS 'Technologies by the projects that use them.';

CREATE VIEW top_packages AS
SELECT
    type, name, count(*) AS versions, sum(projects)::BIGINT AS uses,
    CASE WHEN bool_or(custody = 'flagged') THEN 'flagged' WHEN bool_or(custody = 'watch') THEN 'watch'
        WHEN bool_or(custody = 'unknown') THEN 'unknown' ELSE 'ok' END AS custody
FROM latest_packages JOIN (SELECT purl, count(*) AS projects FROM latest_components GROUP BY purl) USING (purl)
GROUP BY type, name ORDER BY uses DESC, type, name;
COMMENT ON VIEW top_packages IS 'Packages by the projects that use a version of them.';

CREATE VIEW trends AS
SELECT
    runs.run, runs.day, runs.projects, runs.failed, runs.components, runs.packages, runs.technologies,
    count(*) FILTER (projects.verdict = 'flagged' AND NOT projects.failed) AS flagged,
    round(avg(projects.score) FILTER (NOT projects.failed), 1) AS score
FROM runs LEFT JOIN projects USING (run)
WHERE runs.finished IS NOT NULL
GROUP BY ALL ORDER BY runs.run;
COMMENT ON VIEW trends IS 'Every finished run in a row: how many projects are flagged, and their mean score.';

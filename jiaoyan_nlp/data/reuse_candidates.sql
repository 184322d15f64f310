-- 指纹连接：哪两篇文档值得细比。DuckDB 和 Spark 都照原样执行；:名字 由程序换成数。
-- 表 prints(doc, hash, place)：doc 按“谁更像来源”编号，小的在前；targets 起是这一批上报的文档，之前的是模板和往届；
-- place 是指纹在原文的偏移，一篇里同样的指纹只记第一处。份量都用整数，两种引擎加出来一丝不差。

-- name: holders
-- 一桶指纹：每个有几篇文档含有，最早的是哪一篇；只有一篇含有的不用连。
SELECT hash, COUNT(*) AS held, MIN(doc) AS first_doc
FROM prints
WHERE ABS(MOD(hash, :buckets)) = :bucket
GROUP BY hash
HAVING COUNT(*) > 1

-- name: links
-- 罕见的指纹，含有它的文档两两相连。
SELECT b.doc AS doc, a.doc AS source, b.place AS place, a.place AS source_place,
       CAST(FLOOR(:unit / CAST(h.held - 1 AS DOUBLE)) AS BIGINT) AS rarity
FROM holders h
JOIN prints a ON a.hash = h.hash
JOIN prints b ON b.hash = h.hash
WHERE h.held <= :rare AND a.doc < b.doc AND b.doc >= :targets

-- name: blocks
-- 许多篇都有的指纹，每个持有者只同最早的一篇相连：抄的学校再多也不会漏，行数也只随文档数增长。单个没有份量，连成片才算。
SELECT b.doc AS doc, a.doc AS source, b.place AS place, a.place AS source_place, CAST(0 AS BIGINT) AS rarity
FROM holders h
JOIN prints a ON a.hash = h.hash AND a.doc = h.first_doc
JOIN prints b ON b.hash = h.hash
WHERE h.held > :rare AND b.doc > h.first_doc AND b.doc >= :targets

-- name: pairs
-- 一桶文档：共同的指纹要少见，或者有许多个前后对得上（两边错开的距离差不多，在一条道上）；
-- 还要聚在一处（零零散散碰上的，两篇无关的文档也有）；每篇留下最多的几篇。
WITH lanes AS (
    SELECT doc, source, CAST(FLOOR((place - source_place) / CAST(:reach AS DOUBLE)) AS INT) AS lane,
           COUNT(*) AS common, SUM(rarity) AS evidence
    FROM links
    WHERE MOD(doc, :buckets) = :bucket
    GROUP BY doc, source, CAST(FLOOR((place - source_place) / CAST(:reach AS DOUBLE)) AS INT)
),
summed AS (
    SELECT doc, source, CAST(SUM(common) AS BIGINT) AS common, CAST(SUM(evidence) AS BIGINT) AS evidence
    FROM lanes
    GROUP BY doc, source
    HAVING SUM(common) >= :shared AND (SUM(evidence) >= :evidence OR MAX(common) >= :many)
),
around AS (
    SELECT s.doc AS doc, s.source AS source, s.common AS common, s.evidence AS evidence, l.source_place AS place,
           MIN(l.source_place) OVER near AS low, MAX(l.source_place) OVER near AS high
    FROM summed s
    JOIN links l ON l.doc = s.doc AND l.source = s.source
    WINDOW near AS (
        PARTITION BY s.doc, s.source ORDER BY l.place RANGE BETWEEN :reach PRECEDING AND :apart PRECEDING
    )
),
together AS (
    SELECT doc, source, common, evidence
    FROM around
    WHERE ABS(place - low) BETWEEN :apart AND :reach OR ABS(place - high) BETWEEN :apart AND :reach
    GROUP BY doc, source, common, evidence
),
ranked AS (
    SELECT doc, source, common, evidence,
           ROW_NUMBER() OVER (PARTITION BY doc ORDER BY common DESC, evidence DESC, source) AS place
    FROM together
)
SELECT doc, source, common, evidence, place
FROM ranked
WHERE place <= :sources

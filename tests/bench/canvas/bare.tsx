import '@xyflow/react/dist/style.css';
import { Background, Controls, MiniMap, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import { benchDocument, sizeFromAddress } from './benchDocument.ts';
import { announce } from './benchPage.ts';

const graph = benchDocument(sizeFromAddress());
const startNodes = graph.nodes.map(({ id, position }) => ({ id, position, data: { label: id } }));
const startEdges = graph.edges.map(({ from, to }) => ({
  id: `${from.node}-${to.node}`,
  source: from.node,
  target: to.node,
}));

let chosen: (ids: ReadonlySet<string>) => void = () => undefined;

/** React Flow's own nodes and wires, with the same map, background and controls. */
function Bare() {
  const [nodes, setNodes, onNodesChange] = useNodesState(startNodes);
  const [edges, , onEdgesChange] = useEdgesState(startEdges);
  chosen = (ids) => setNodes((before) => before.map((node) => ({ ...node, selected: ids.has(node.id) })));
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      minZoom={0.1}
      fitView
    >
      <Background />
      <Controls />
      <MiniMap />
    </ReactFlow>
  );
}

const root = document.getElementById('root');
if (root) {
  const page = createRoot(root);
  announce(
    graph,
    () => page.render(<Bare />),
    (ids) => chosen(ids),
  );
}

import '@xyflow/react/dist/style.css';
import { Background, Controls, MiniMap, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import { benchDocument } from './benchDocument.ts';

const graph = benchDocument();
const startNodes = graph.nodes.map(({ id, position }) => ({ id, position, data: { label: id } }));
const startEdges = graph.edges.map(({ from, to }) => ({
  id: `${from.node}-${to.node}`,
  source: from.node,
  target: to.node,
}));

/** React Flow's own nodes and wires, with the same map, background and controls. */
function Bare() {
  const [nodes, , onNodesChange] = useNodesState(startNodes);
  const [edges, , onEdgesChange] = useEdgesState(startEdges);
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
if (root) createRoot(root).render(<Bare />);
